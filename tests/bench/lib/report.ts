import type { Figure, Part, Verdict } from './figures.ts';

const columns = ['figure', 'Skillward', 'peer', 'ratio', 'target', 'verdict'] as const;
const verdictWords: Readonly<Record<Verdict, string>> = {
  met: 'met',
  missed: 'MISSED',
  info: '–',
  skipped: 'skipped',
};

/** One figure as its row of cells. */
function rowOf(figure: Figure): string[] {
  const { name, value, unit, peer, target, verdict } = figure;
  return [
    name,
    inWords(value, unit),
    peer === undefined ? '–' : `${inWords(peer.value, unit)} (${peer.name})`,
    peer === undefined || peer.value <= 0 || unit === '%' ? '–' : (value / peer.value).toFixed(2),
    target,
    verdictWords[verdict],
  ];
}

/** A number with the digits that mean something. */
export function inWords(value: number, unit: string): string {
  if (!Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  const digits = Number.isInteger(value) || size >= 100 ? 0 : size >= 10 ? 1 : 2;
  const number = value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return unit === '' ? number : `${number} ${unit}`;
}

export function printPart(part: Part): void {
  console.log(`\n── ${part.title}`);
  const table = [[...columns], ...part.figures.map(rowOf)];
  const widths = columns.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  for (const row of table) {
    console.log(
      row
        .map((cell, column) =>
          column === 0 || column > 3 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    );
  }
  for (const { name, note } of part.figures) if (note !== undefined) console.log(`  ${name}: ${note}`);
}

/** The same for `docs/benchmarks.md`. */
export function partInMarkdown(part: Part): string {
  const rows = part.figures.map((figure) => {
    const cells = rowOf(figure);
    return `| ${(figure.verdict === 'missed' ? cells.map((cell) => `**${cell}**`) : cells).join(' | ')} |`;
  });
  const notes = part.figures.flatMap(({ name, note }) =>
    note === undefined ? [] : [`- *${name}*: ${note}`],
  );
  return [
    `## ${part.title}`,
    '',
    part.about,
    '',
    `| ${columns.join(' | ')} |`,
    '| --- | ---: | ---: | ---: | --- | --- |',
    ...rows,
    ...(notes.length > 0 ? ['', ...notes] : []),
    '',
  ].join('\n');
}

export function missedOf(parts: readonly Part[]): Figure[] {
  return parts.flatMap(({ figures }) => figures.filter(({ verdict }) => verdict === 'missed'));
}
