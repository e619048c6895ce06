import { lstatSync, readdirSync, readFileSync, type Stats } from 'node:fs';
import { createRequire, isBuiltin } from 'node:module';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { root } from './runtime.ts';

interface Matcher {
  createFilter(): (file: string, stats: Stats) => boolean;
}
interface FileMatchers {
  getMainFileMatchers(...args: unknown[]): Matcher[];
  getNodeModuleFileMatcher(...args: unknown[]): Matcher & { isEmpty(): boolean };
}
interface Lock {
  readonly packages: Readonly<
    Record<
      string,
      {
        readonly dev?: boolean;
        readonly optional?: boolean;
        readonly devOptional?: boolean;
        readonly link?: boolean;
      }
    >
  >;
}

const builder = createRequire(createRequire(import.meta.url).resolve('electron-builder/package.json'));
const plain = (text: string) => text;

test('what is packed is the built app and what it runs on, and nothing else', async () => {
  const { app, modules } = await packed();

  for (const needed of [
    'package.json',
    'out/main/main.js',
    'out/preload/preload.cjs',
    'out/renderer/index.html',
    'build/icon.png',
    'build/tray/well.png',
    'build/tray/troubleTemplate@2x.png',
    'build/tray/paused.ico',
  ])
    expect(app).toContain(needed);
  const folders = new Set(app.map((file) => file.split('/').slice(0, 2).join('/')));
  expect([...folders].sort()).toEqual([
    'build/icon.png',
    'build/tray',
    'out/main',
    'out/preload',
    'out/renderer',
    'package.json',
  ]);

  const unwanted = [...app, ...modules].filter(
    (file) =>
      /\.(ts|tsx|mts|cts|map|pyc|pem|key|p12|pfx|env|sqlite|db|log|tsbuildinfo)$/i.test(file) ||
      /(^|\/)(tests?|__tests__|corpus|\.git|\.env[^/]*|\.npmrc|id_rsa[^/]*|coverage)(\/|$)/i.test(file),
  );
  expect(unwanted).toEqual([]);
});

test('no secret stands in what is packed', async () => {
  const { app } = await packed();
  const looksSecret =
    /-----BEGIN [A-Z ]*PRIVATE KEY-----|\bAKIA[0-9A-Z]{16}\b|\bghp_[A-Za-z0-9]{36}\b|\bxox[bp]-[0-9A-Za-z-]{20,}|\bsk-[A-Za-z0-9]{32,}\b/;
  const found = app.filter(
    (file) =>
      /\.(js|cjs|json|html|css)$/.test(file) && looksSecret.test(readFileSync(join(root, file), 'utf8')),
  );
  expect(found).toEqual([]);
});

test('every package the built main process imports is packed, with all it needs', async () => {
  const { app, modules } = await packed();
  const packages = new Set(modules.map(packageOf));
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { dependencies?: Record<string, string> }>;
  };
  const missing: string[] = [];
  const seen = new Set<string>();
  const need = (name: string, by: string, from: string) => {
    const place = resolve(name, from);
    if (place === null || !packages.has(place)) missing.push(`${name} (for ${by})`);
    if (place === null || seen.has(place)) return;
    seen.add(place);
    for (const dependency of Object.keys(lock.packages[place]?.dependencies ?? {}))
      need(dependency, name, place);
  };
  // As in Node: the nearest node_modules upwards.
  const resolve = (name: string, from: string): string | null => {
    for (let at = from; ; at = at.replace(/\/?node_modules\/(@[^/]+\/)?[^/]+$/, '')) {
      const place = `${at === '' ? '' : `${at}/`}node_modules/${name}`;
      if (lock.packages[place] !== undefined) return place;
      if (at === '') return null;
    }
  };
  for (const file of app.filter((name) => /^out\/main\/.*\.js$/.test(name))) {
    const text = readFileSync(join(root, file), 'utf8');
    for (const [, specifier = ''] of text.matchAll(/\b(?:from ?|import\()"([\w@][\w@/.-]*)"/g))
      if (specifier !== 'electron' && !isBuiltin(specifier)) need(nameOf(specifier), file, '');
  }
  expect(seen.size).toBeGreaterThan(5);
  expect(missing).toEqual([]);
  // What the page was built from is in its bundle already: nothing else is to come along.
  expect([...packages].filter((place) => !seen.has(place)).sort()).toEqual([]);
});

/** The files electron-builder would pack, by its own matchers: of the checkout, and of the production packages. */
async function packed(): Promise<{ readonly app: readonly string[]; readonly modules: readonly string[] }> {
  const { getConfig } = builder('app-builder-lib/out/util/config/config') as {
    getConfig(projectDir: string, configPath: string, options: null): Promise<Record<string, unknown>>;
  };
  const config = await getConfig(root, join(root, 'electron-builder.yml'), null);
  const { getMainFileMatchers, getNodeModuleFileMatcher } = builder(
    'app-builder-lib/out/fileMatcher',
  ) as FileMatchers;
  const appDir = root.replace(/\/$/, '');
  const info = {
    projectDir: appDir,
    buildResourcesDir: 'build',
    config,
    isPrepackedAppAsar: false,
    debugLogger: { isEnabled: false },
  };
  const [main] = getMainFileMatchers(appDir, '/packed', plain, {}, { info }, join(appDir, 'dist'), false);
  const ofModules = getNodeModuleFileMatcher(appDir, '/packed', plain, {}, info);
  if (main === undefined) throw new Error('electron-builder has no matcher for the app');
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as Lock;
  const production = Object.entries(lock.packages)
    .filter(([place, entry]) => place !== '' && entry.dev !== true && entry.devOptional !== true)
    .map(([place]) => place);
  return {
    app: walk(
      appDir,
      '',
      main.createFilter(),
      (name) => name === 'node_modules' || name === '.git' || name === 'dist',
    ),
    modules: production.flatMap((place) =>
      walk(appDir, place, ofModules.createFilter(), (name) => name === 'node_modules'),
    ),
  };
}

function walk(
  base: string,
  place: string,
  wanted: (file: string, stats: Stats) => boolean,
  skip: (name: string) => boolean,
): string[] {
  let entries: string[];
  try {
    entries = readdirSync(join(base, place));
  } catch {
    // An optional package of another platform is in the lock file but not on disk.
    return [];
  }
  return entries.flatMap((name) => {
    if (skip(name)) return [];
    const path = place === '' ? name : `${place}/${name}`;
    const full = join(base, path);
    const stats = lstatSync(full);
    if (stats.isDirectory()) return walk(base, path, wanted, skip);
    return wanted(full, stats) ? [path] : [];
  });
}

function packageOf(file: string): string {
  return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? file;
}

function nameOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}
