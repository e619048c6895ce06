import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Part } from './figures.ts';
import { loadNow, machineInWords } from './machine.ts';
import { partInMarkdown } from './report.ts';

const document = fileURLToPath(new URL('../../../docs/benchmarks.md', import.meta.url));
const results = (name: string): string => fileURLToPath(new URL(`../results/${name}.jsonl`, import.meta.url));

/** One line for the history of this benchmark: every figure by its name, so that two runs can be compared. */
export function keepResults(name: string, parts: readonly Part[], loadBefore: number): void {
  const file = results(name);
  mkdirSync(dirname(file), { recursive: true });
  const figures = parts.flatMap((part) =>
    part.figures
      .filter(({ value }) => Number.isFinite(value))
      .map((figure) => ({
        part: part.title,
        name: figure.name,
        value: rounded(figure.value),
        unit: figure.unit,
        ...(figure.peer === undefined ? {} : { peer: { ...figure.peer, value: rounded(figure.peer.value) } }),
        verdict: figure.verdict,
      })),
  );
  const line = {
    at: new Date().toISOString(),
    machine: machineInWords(),
    loadBefore,
    loadAfter: loadNow(),
    figures,
  };
  appendFileSync(file, `${JSON.stringify(line)}\n`);
}

/**
 * Puts the chapters into `docs/benchmarks.md`, each between its own marks. What stands outside the marks is written by
 * people and stays; a chapter that was not measured this time stays as it was.
 */
export function writeDocument(parts: readonly Part[], loadBefore: number): void {
  if (!existsSync(document))
    throw new Error('docs/benchmarks.md is missing: its chapters have no place to go');
  let text = readFileSync(document, 'utf8');
  const stamp = `*${new Date().toISOString().slice(0, 10)}, ${machineInWords()}; load before the run ${loadBefore.toFixed(1)}.*`;
  for (const part of parts) {
    const begin = `<!-- figures: ${part.title} -->`;
    const end = '<!-- end of figures -->';
    const from = text.indexOf(begin);
    const to = text.indexOf(end, from);
    if (from < 0 || to < 0) throw new Error(`docs/benchmarks.md has no place for "${part.title}"`);
    text = `${text.slice(0, from)}${begin}\n${partInMarkdown(part)}\n${stamp}\n\n${text.slice(to)}`;
  }
  writeFileSync(document, text);
}

function rounded(value: number): number {
  return Number(value.toPrecision(5));
}
