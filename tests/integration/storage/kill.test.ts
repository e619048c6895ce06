import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { freshFolder, open } from './fixtures.ts';

const writer = fileURLToPath(new URL('./writer.ts', import.meta.url));
/** DESIGN.md §7: a hard kill loses at most the last second of checks. */
const MAY_BE_LOST_MS = 1000;

interface Acknowledged {
  readonly skills: string[];
  readonly fixes: number[];
  readonly runs: string[];
  readonly checks: number[];
}

/** Lets a writer work until `writes` writes were acknowledged, then ends it with SIGKILL in the middle of the next. */
async function killAfter(dataDir: string, writes: number): Promise<Acknowledged & { killedAt: number }> {
  const child = spawn(process.execPath, [writer, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  let lines = 0;
  let killedAt = 0;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
    lines += text.split('\n').length - 1;
    if (lines < writes || killedAt !== 0) return;
    killedAt = Date.now();
    child.kill('SIGKILL');
  });
  const signal = await new Promise((resolve) => child.once('close', (_code, name) => resolve(name)));
  expect(signal).toBe('SIGKILL');
  const entries = said
    .split('\n')
    .slice(0, -1)
    .map((line) => line.split(' '));
  const of = (kind: string) => entries.filter(([name]) => name === kind);
  return {
    killedAt,
    skills: of('skill').map(([, id]) => id ?? ''),
    fixes: of('fix').map(([, id]) => Number(id)),
    runs: of('run').map(([, id]) => id ?? ''),
    checks: of('check').map(([, , at]) => Number(at)),
  };
}

describe('kill -9', () => {
  it('at twenty moments loses nothing that was acknowledged, and at most the last second of checks', {
    timeout: 120_000,
  }, async () => {
    const folder = freshFolder();
    let seed = 11;
    for (let kill = 0; kill < 20; kill += 1) {
      seed = (seed * 48_271) % 2_147_483_647;
      const { killedAt, ...acknowledged } = await killAfter(folder, 1 + (seed % 900));
      const { storage } = open(folder);
      expect(storage.notices).toEqual([]);
      const skills = new Map(storage.skills.all().map((skill) => [skill.skillId, skill.lifecycle]));
      const fixes = new Set(storage.fixes.all().map((fix) => fix.id));
      const runs = new Set(storage.runs.all().map((run) => run.skillId));
      expect(acknowledged.skills.filter((id) => skills.get(id) !== 'quarantined')).toEqual([]);
      expect(acknowledged.fixes.filter((id) => !fixes.has(id))).toEqual([]);
      expect(acknowledged.runs.filter((id) => !runs.has(id))).toEqual([]);

      const kept = new Map(
        Map.groupBy(storage.checks.list('busy', undefined, 1_000_000), (check) => check.at),
      );
      const due = acknowledged.checks.filter((at) => at < killedAt - MAY_BE_LOST_MS);
      for (const [at, same] of Map.groupBy(due, (time) => time)) {
        expect(kept.get(at)?.length ?? 0).toBeGreaterThanOrEqual(same.length);
      }
      storage.close();
    }
  });
});
