// `npm run dist`: packages the app for this platform into `dist`. It looks first whether everything is there and says in
// one go what is not, instead of failing in the middle.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from './lib/build.mjs';
import { electronBinary } from './lib/desktop-runtime.mjs';
import { bin, ensureNode, root } from './lib/node.mjs';

ensureNode();
const binary = electronBinary();
const missing = [];
if (binary === null)
  missing.push('the Electron binary: run `npx install-electron` where its download host can be reached');
for (const picture of ['build/icon.png', 'build/icon.ico', 'build/icon.icns', 'build/tray/well.png'])
  if (!existsSync(join(root, picture))) missing.push(`${picture}: run \`node build/render-icons.mjs\``);
if (missing.length > 0) {
  console.error(`Nothing was packaged. Missing:\n${missing.map((what) => `  - ${what}`).join('\n')}`);
  process.exit(1);
}

build();
const args = ['--config', 'electron-builder.yml', '--publish', 'never'];
// The binary that is here is the one that is packed: nothing is fetched. On macOS it lies deeper, in Electron.app.
const unpacked = process.platform === 'darwin' ? join(binary, '..', '..', '..', '..') : dirname(binary);
args.push(`-c.electronDist=${unpacked}`);
if (!process.env.SKILLWARD_UPDATE_URL) {
  console.error('SKILLWARD_UPDATE_URL is not set: this build will not know where to look for newer ones.');
  args.push('-c.publish=null');
}
const { status } = spawnSync(bin('electron-builder'), [...args, ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
  shell: process.platform === 'win32',
});
process.exit(status ?? 1);
