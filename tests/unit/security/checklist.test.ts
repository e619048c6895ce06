import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { windowSecurity } from '../../../electron/security/window-preferences.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const sources = readdirSync(join(root, 'electron'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => ({ name, text: readFileSync(join(root, 'electron', name), 'utf8') }));
const using = (pattern: RegExp) =>
  sources
    .filter(({ text }) => pattern.test(text))
    .map(({ name }) => name)
    .sort();

test('every window is made with all of it said (items 2, 3, 4, 6, 8, 9, 10, 11)', () => {
  expect(windowSecurity('/preload.cjs')).toEqual({
    preload: '/preload.cjs',
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    safeDialogs: true,
    spellcheck: false,
  });
  expect(using(/new BrowserWindow\(/)).toEqual(['hosts/desktop/main-window.ts']);
  expect(using(/enableBlinkFeatures/)).toEqual([]);
});

test('nothing is handed to the system’s browser (item 15), nothing is loaded from a file (item 18)', () => {
  expect(using(/openExternal\(/)).toEqual([]);
  expect(using(/\bloadFile\(|file:\/\/\//)).toEqual([]);
});

test('the doors between processes stand in one file each (items 17 and 20)', () => {
  expect(using(/\bipcMain\b/)).toEqual(['hosts/desktop/ipc.ts']);
  expect(using(/\bipcRenderer\b/)).toEqual(['preload.ts']);
  expect(using(/contextBridge\.exposeIn/)).toEqual(['preload.ts']);
});

test('the sandbox is for every renderer, and said before the app is ready (item 4)', () => {
  const main = readFileSync(join(root, 'electron/main.ts'), 'utf8');
  expect(main.indexOf('app.enableSandbox()')).toBeGreaterThan(0);
  expect(main.indexOf('app.enableSandbox()')).toBeLessThan(main.indexOf('whenReady'));
  // A top-level await for ready never ends: Electron says ready after the entry has been read.
  expect(main).not.toMatch(/^\s*await app\.whenReady/m);
});

test('Electron is pinned to one version, and a current one (item 16)', () => {
  const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    devDependencies: { electron: string };
  };
  expect(devDependencies.electron).toMatch(/^45\.\d+\.\d+$/);
});
