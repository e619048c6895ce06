// `npm run dev`: the dashboard with hot reload, against a real headless host that is rebuilt and restarted when the
// sources of the main process change.
import { spawn } from 'node:child_process';
import { watch } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createServer } from 'vite';
import { build, buildIfStale } from './lib/build.mjs';
import { ensureNode, root } from './lib/node.mjs';

ensureNode();
buildIfStale();
const dataDir = process.env.SKILLWARD_DATA_DIR ?? join(root, 'out', 'dev-data');
let host = null;
let server = null;

await startHost();
let timer = null;
for (const folder of ['electron', 'shared']) {
  watch(join(root, folder), { recursive: true }, () => {
    clearTimeout(timer);
    timer = setTimeout(() => void restartHost(), 300);
  });
}

async function startHost() {
  const args = [
    'out/main/cli.js',
    'serve',
    '--data-dir',
    dataDir,
    '--skills',
    'examples/skills',
    '--port',
    '0',
    '--json',
  ];
  host = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  const ready = await new Promise((resolve) => createInterface({ input: host.stdout }).once('line', resolve));
  const url = new URL(JSON.parse(ready).url);
  await server?.close();
  server = await createServer({
    configFile: false,
    root: join(root, 'renderer'),
    plugins: [(await import('@vitejs/plugin-react')).default()],
    server: { proxy: { '/ws': { target: url.origin, ws: true, changeOrigin: true, rewriteWsOrigin: true } } },
  });
  await server.listen();
  process.stdout.write(`\nDashboard with hot reload: ${server.resolvedUrls.local[0]}${url.hash}\n`);
}

async function restartHost() {
  build();
  const gone = new Promise((resolve) => host.once('exit', resolve));
  host.kill('SIGTERM');
  await gone;
  await startHost();
}

process.on('SIGINT', () => {
  host.once('exit', () => process.exit(0));
  host.kill('SIGTERM');
});
