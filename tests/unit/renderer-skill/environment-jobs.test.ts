import { describe, expect, it } from 'vitest';
import { type EnvironmentJob, jobAfter } from '../../../renderer/state/environment-jobs.ts';

const piece = (offset: number, text: string, over: object = {}) => ({
  ...{ jobId: 'job', skillId: 'bot', offset, text },
  ...over,
});
const played = (...pieces: Parameters<typeof jobAfter>[1][]) =>
  pieces.reduce<EnvironmentJob | null>((job, next) => jobAfter(job, next), null);

describe('the output of a job', () => {
  it('is put together in order, each character once', () => {
    expect(
      played(piece(0, 'one\n'), piece(4, 'two\n'), piece(4, 'two\n'), piece(2, 'e\ntwo\n')),
    ).toMatchObject({
      text: 'one\ntwo\n',
      end: null,
    });
  });

  it('says where something was missed', () => {
    expect(played(piece(0, 'one'), piece(10, 'late'))?.text).toBe('one\n… (some output was missed)\nlate');
  });

  it('ends with what became of it, and a new job starts empty', () => {
    const failed = played(piece(0, 'x'), piece(1, '', { end: 'failed', problem: 'no network' }));
    expect(failed).toMatchObject({ text: 'x', end: 'failed', problem: 'no network' });
    expect(jobAfter(failed, piece(0, 'y', { jobId: 'next' }))).toMatchObject({
      jobId: 'next',
      text: 'y',
      end: null,
      problem: null,
    });
  });

  it('keeps the end of very much of it', () => {
    const job = played(piece(0, 'a'.repeat(90_000)), piece(90_000, 'b'.repeat(90_000)));
    expect(job?.text).toHaveLength(100_000);
    expect(job?.text.endsWith('b')).toBe(true);
  });
});
