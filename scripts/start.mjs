// `npm start`: the desktop app where it can run, else the same host without a window. One sentence says which and why.
import { spawn } from 'node:child_process';
import { buildIfStale } from './lib/build.mjs';
import { electronBinary, fetchElectron, hasDisplay } from './lib/desktop-runtime.mjs';
import { ensureNode, root } from './lib/node.mjs';

ensureNode();
buildIfStale();

const display = hasDisplay();
const electron = display ? (electronBinary() ?? fetchElectron()) : electronBinary();

if (electron !== null && display) {
  const app = spawn(electron, [root, ...process.argv.slice(2)], { stdio: 'inherit' });
  app.on('exit', (code) => process.exit(code ?? 1));
} else {
  const missing =
    electron === null ? 'The desktop runtime (Electron) is not installed here' : 'There is no display here';
  process.stdout.write(
    `${missing}, so Skillward runs without a window and shows its dashboard in the browser.\n`,
  );
  const { runHeadless, defaultDataDir } = await import('../out/main/headless.js');
  await runHeadless({
    dataDir: defaultDataDir(),
    folders: [],
    fallbackFolders: [`${root}examples/skills`],
    json: false,
    openBrowser: display,
  });
}
