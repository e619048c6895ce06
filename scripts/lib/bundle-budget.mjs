import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { root } from './node.mjs';

const KIB = 1024;

/** What each part of the build weighs in KiB, beside what `bundle-budget.json` allows it. */
export function bundleSizes(out = join(root, 'out')) {
  const budget = JSON.parse(readFileSync(join(root, 'bundle-budget.json'), 'utf8'));
  const kib = {
    main: bytesIn(join(out, 'main'), /\.js$/) / KIB,
    commandLine: withImports(join(out, 'main'), 'cli.js') / KIB,
    preload: bytesIn(join(out, 'preload'), /\.cjs$/) / KIB,
    rendererScripts: bytesIn(join(out, 'renderer'), /\.js$/) / KIB,
    rendererStyles: bytesIn(join(out, 'renderer'), /\.css$/) / KIB,
    firstLoadGzip: firstLoad(join(out, 'renderer')) / KIB,
  };
  return Object.entries(budget).map(([key, { name, kib: budgetKib }]) => {
    if (kib[key] === undefined) throw new Error(`bundle-budget.json: nothing is measured under "${key}"`);
    return { name, kib: kib[key], budgetKib };
  });
}

/** The parts that weigh more than they may, as sentences. */
export function overBudget(out) {
  return bundleSizes(out)
    .filter(({ kib, budgetKib }) => kib > budgetKib)
    .map(
      ({ name, kib, budgetKib }) =>
        `${name}: ${kib.toFixed(0)} KiB, allowed are ${budgetKib}. Make it lighter, or raise bundle-budget.json and say why.`,
    );
}

function bytesIn(folder, pattern) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && pattern.test(entry.name))
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}

/** Scripts and styles the page names itself, compressed: what stands between opening it and seeing something. */
function firstLoad(folder) {
  const page = readFileSync(join(folder, 'index.html'), 'utf8');
  return [...page.matchAll(/(?:src|href)="\.\/([^"]+\.(?:js|css))"/g)]
    .map(([, file]) => gzipSync(readFileSync(join(folder, file))).length)
    .reduce((sum, bytes) => sum + bytes, 0);
}

/** A script and everything it imports before it runs: not what it loads when asked for. */
function withImports(folder, entry, counted = new Set()) {
  if (counted.has(entry)) return 0;
  counted.add(entry);
  const script = readFileSync(join(folder, entry), 'utf8');
  const imported = [...script.matchAll(/^(?:import|export) [^;]*?["']\.\/([^"']+)["'];$/gm)];
  return imported.reduce(
    (sum, [, file]) => sum + withImports(folder, file, counted),
    Buffer.byteLength(script),
  );
}
