import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FileWatch } from '../../../electron/runtime/file-watch.ts';
import { FakeClock } from '../../support/harness/fake-clock.ts';
import { until } from '../../support/harness/until.ts';

let base: string;
let clock: FakeClock;
let looks: number;
/** How often a timer was asked for. */
let asked: number;
let files: FileWatch | null = null;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'sw-'));
  clock = new FakeClock();
  looks = 0;
  asked = 0;
});
afterEach(() => {
  files?.stop();
  rmSync(base, { recursive: true, force: true });
});

function watchOver(count: number, look: () => Promise<void> = () => Promise.resolve()): FileWatch {
  const skills = Array.from({ length: count }, (_, at) => {
    const folder = join(base, `s${at}`);
    mkdirSync(join(folder, 'lib'), { recursive: true });
    if (at === 0) mkdirSync(join(folder, '__pycache__'));
    return { folder };
  });
  files = new FileWatch({
    clock: {
      nowMs: () => clock.nowMs(),
      monotonicMs: () => clock.monotonicMs(),
      after(delayMs, run) {
        asked += 1;
        return clock.after(delayMs, run);
      },
    },
    catalog: { list: () => skills, missesSome: () => false } as unknown as ConstructorParameters<
      typeof FileWatch
    >[0]['catalog'],
    folders: () => [base],
    look: () => {
      looks += 1;
      return look();
    },
    report: () => undefined,
  });
  files.start();
  return files;
}
/** Changes a file and waits until the watch has heard of it. */
async function change(file: string): Promise<void> {
  const before = asked;
  writeFileSync(file, 'x = 1');
  await until(() => asked > before, 'the change was told');
}

describe('watching the files of skills', () => {
  it('looks once, a little after the last of several changes', async () => {
    watchOver(2);
    await change(join(base, 's1', 'lib', 'helper.py'));
    expect(looks).toBe(0);
    await clock.advance(6000);
    expect(looks).toBe(1);
  });

  it('looks by itself now and then, where no system tells of changes', async () => {
    watchOver(1);
    await clock.advance(119_000);
    expect(looks).toBe(0);
    await clock.advance(2000);
    expect(looks).toBe(1);
  });

  it('looks by itself more rarely where a look takes long, but does not forget to', async () => {
    let tookMs = 200;
    watchOver(1, () => clock.leap(tookMs));
    await clock.advance(121_000);
    expect(looks).toBe(1);
    await clock.advance(390_000);
    expect(looks).toBe(1);
    await clock.advance(20_000);
    expect(looks).toBe(2);
    tookMs = 1;
    await clock.advance(401_000);
    expect(looks).toBe(3);
    await clock.advance(121_000);
    expect(looks).toBe(4);
    tookMs = 3000;
    await clock.advance(121_000);
    expect(looks).toBe(5);
    await clock.advance(601_000);
    expect(looks).toBe(6);
  });

  it('watches a bounded number of folders, whatever there is', { timeout: 30_000 }, () => {
    expect(watchOver(50).size).toBe(1 + 50 + 50);
    files?.stop();
    expect(files?.size).toBe(0);
    rmSync(base, { recursive: true });
    mkdirSync(base);
    expect(watchOver(520).size).toBe(1000);
  });

  it('rests after a look that took long', async () => {
    watchOver(1, async () => {
      await clock.leap(10_000);
    });
    await clock.advance(121_000);
    expect(looks).toBe(1);
    await change(join(base, 's0', 'skill.py'));
    await clock.advance(100_000);
    expect(looks).toBe(1);
    await clock.advance(200_000);
    expect(looks).toBeGreaterThanOrEqual(2);
  });
});
