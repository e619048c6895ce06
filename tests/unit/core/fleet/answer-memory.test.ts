import { describe, expect, it } from 'vitest';
import {
  AnswerMemory,
  MOST_REMEMBERED,
  REMEMBERED_MS,
} from '../../../../electron/core/fleet/answer-memory.ts';
import { okResponse, type ResponseEnvelope } from '../../../../shared/contract/index.ts';

const key = (requestId: string, asker = 'a', digest = 'd') => ({ asker, requestId, digest });
const settled = () => new Promise<void>((resolve) => queueMicrotask(resolve));

describe('answers to orders', () => {
  it('are given again for the same order, also before there is one, and not for another', async () => {
    const memory = new AnswerMemory();
    const { promise, resolve } = Promise.withResolvers<ResponseEnvelope>();
    expect(memory.look(key('1'), 0).kind).toBe('new');
    memory.keep(key('1'), promise, () => 0);
    const repeat = memory.look(key('1'), 0);
    expect(memory.look(key('1', 'b'), 0).kind).toBe('new');
    expect(memory.look(key('1', 'a', 'other'), 0).kind).toBe('other');
    resolve(okResponse('1', { done: true }));
    expect(repeat.kind === 'repeat' && (await repeat.answer)).toMatchObject({ payload: { done: true } });
  });

  it('are forgotten ten minutes after they were given, however long the order took', async () => {
    const memory = new AnswerMemory();
    const { promise, resolve } = Promise.withResolvers<ResponseEnvelope>();
    let now = 0;
    memory.keep(key('1'), promise, () => now);
    now = 5 * REMEMBERED_MS;
    expect(memory.look(key('1'), now).kind).toBe('repeat');
    resolve(okResponse('1', null));
    await settled();
    expect(memory.look(key('1'), now + REMEMBERED_MS - 1).kind).toBe('repeat');
    expect(memory.look(key('1'), now + REMEMBERED_MS).kind).toBe('new');
  });

  it('are bounded: the oldest goes, but no order under way is forgotten', async () => {
    const memory = new AnswerMemory();
    const done = Promise.resolve(okResponse('x', null));
    const { promise: underway } = Promise.withResolvers<ResponseEnvelope>();
    memory.keep(key('slow'), underway, () => 0);
    for (let count = 0; count < 3 * MOST_REMEMBERED; count += 1) {
      expect(memory.look(key(String(count)), 0).kind).toBe('new');
      memory.keep(key(String(count)), done, () => 0);
      if (count % 100 === 0) await settled();
      await settled();
    }
    expect(memory.size).toBe(MOST_REMEMBERED);
    expect(memory.look(key('slow'), 0).kind).toBe('repeat');
    expect(memory.look(key('0'), 0).kind).toBe('new');
  });

  it('take no more orders when all that are remembered are under way', () => {
    const memory = new AnswerMemory();
    const { promise } = Promise.withResolvers<ResponseEnvelope>();
    for (let count = 0; count < MOST_REMEMBERED; count += 1)
      memory.keep(key(String(count)), promise, () => 0);
    expect(memory.look(key('one more'), 0).kind).toBe('full');
  });
});
