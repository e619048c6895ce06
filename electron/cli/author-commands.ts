import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { SkillKind } from '../hosts/common/authoring.ts';
import { exitCodes, print } from './with-host.ts';
import { printable } from './words.ts';

const marks = { ok: 'ok      ', warning: 'warning ', error: 'ERROR   ', skipped: 'skipped ' } as const;

/** `new` and `validate`: for authors of skills. Neither needs a host. */
export function addAuthorCommands(program: Command, version: string): void {
  program
    .command('new')
    .argument('<id>', 'lowercase letters, digits, - and _')
    .option('--dir <folder>', 'where to make its folder', '.')
    .option('--mcp', 'an MCP server')
    .option('--one-shot', 'a script that runs, answers and ends')
    .option('--json', 'the answer as JSON')
    .description('write a new skill that works, with tests')
    .action(async (id: string, { dir, mcp, oneShot, json }: NewOptions) => {
      if (mcp === true && oneShot === true) return refuse('Choose one of --mcp and --one-shot.');
      const kind: SkillKind = mcp === true ? 'mcp' : oneShot === true ? 'one-shot' : 'daemon';
      const { writeNewSkill } = await import('../hosts/common/authoring.ts');
      const made = await writeNewSkill(id, kind, resolve(dir));
      if (!made.ok) return refuse(made.message);
      if (json === true) return print(JSON.stringify(made));
      print(`Wrote ${made.files.join(', ')} to ${made.folder}.`);
      print(`Try it:       skillward validate ${made.folder}`);
      print(`Its tests:    cd ${made.folder} && python3 -m unittest`);
    });
  program
    .command('validate')
    .argument('<folder>', 'of one skill, or its one file')
    .option('--json', 'the findings as JSON')
    .description('start a skill, ask it everything a host asks and worse, and say what to mend')
    .action(async (folder: string, { json }: { json?: boolean }) => {
      const { tryOutSkill } = await import('../hosts/common/authoring.ts');
      const { id, steps } = await tryOutSkill(folder, version);
      const errors = steps.filter(({ level }) => level === 'error').length;
      const warnings = steps.filter(({ level }) => level === 'warning').length;
      if (errors > 0) process.exitCode = exitCodes.refused;
      if (json === true)
        return print(JSON.stringify({ folder: resolve(folder), id, ok: errors === 0, steps }));
      for (const { level, what, message } of steps) print(`${marks[level]} ${what}: ${printable(message)}`);
      print(verdict(id, errors, warnings));
    });
}

interface NewOptions {
  readonly dir: string;
  readonly mcp?: boolean;
  readonly oneShot?: boolean;
  readonly json?: boolean;
}

function verdict(id: string | null, errors: number, warnings: number): string {
  const toMend = warnings === 0 ? '' : `, with ${warnings === 1 ? '1 thing' : `${warnings} things`} to mend`;
  return errors === 0 ? `${id ?? 'It'} works${toMend}.` : `${id ?? 'It'} does not work yet.`;
}

function refuse(message: string): void {
  process.stderr.write(`${message}\n`);
  process.exitCode = exitCodes.refused;
}
