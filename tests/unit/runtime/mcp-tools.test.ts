import { describe, expect, it } from 'vitest';
import { listTools } from '../../../electron/runtime/mcp-tools.ts';
import type { InvokeResult } from '../../../electron/skills/types.ts';

type Answer = (cursor: unknown, timeoutMs: number) => InvokeResult;
function list(answer: Answer, monotonicMs = () => 0) {
  const asked: unknown[] = [];
  const supervisor = {
    invoke: async (
      _id: string,
      _method: string,
      params: Record<string, unknown> | undefined,
      timeoutMs: number,
    ) => {
      asked.push(params?.cursor ?? null);
      return answer(params?.cursor, timeoutMs);
    },
  };
  return { asked, tools: listTools(supervisor, 'x', monotonicMs) };
}
const ok = (result: unknown): InvokeResult => ({ ok: true, result });
const many = (count: number) => Array.from({ length: count }, (_unused, at) => ({ name: `t${at}` }));

describe('the tools of a server', () => {
  it('are read page by page, as they are', async () => {
    const schema = { type: 'object', properties: { a: { type: 'number' } } };
    const { asked, tools } = list((cursor) =>
      cursor === undefined
        ? ok({ tools: [{ name: 'add', description: 'Adds.\u0007', inputSchema: schema }], nextCursor: 'p2' })
        : ok({ tools: [{ name: 'sub' }] }),
    );
    expect(await tools).toEqual([
      { name: 'add', description: 'Adds.', inputSchema: schema },
      { name: 'sub', description: null, inputSchema: null },
    ]);
    expect(asked).toEqual([null, 'p2']);
  });

  it('come to an end, however the server pages', async () => {
    const round = list(() => ok({ tools: [{ name: 'a' }], nextCursor: 'again' }));
    expect(await round.tools).toHaveLength(2);
    let page = 0;
    const endless = list(() => ok({ tools: [{ name: 'a' }], nextCursor: `p${page++}` }));
    expect(await endless.tools).toHaveLength(50);
    expect(await list(() => ok({ tools: many(5000) })).tools).toHaveLength(1000);
    const large = { name: 'a', description: 'x'.repeat(1_000_000), inputSchema: { x: 'y'.repeat(100_000) } };
    const [only] = await list(() => ok({ tools: [large] })).tools;
    expect([only?.description?.length, only?.inputSchema]).toEqual([2001, null]);
  });

  it('share one time limit over all pages', async () => {
    let now = 0;
    const limits: number[] = [];
    const { tools } = list(
      (cursor, timeoutMs) => {
        limits.push(timeoutMs);
        now += 10_000;
        return ok({ tools: [], ...(cursor === undefined ? { nextCursor: 'p2' } : {}) });
      },
      () => now,
    );
    await tools;
    expect(limits).toEqual([15_000, 5000]);
  });

  it.each([
    [{ tools: [null, 1, {}, { name: '' }, { name: 7 }, { name: 'x'.repeat(201) }] }, []],
    [JSON.parse('{"tools":[{"__proto__":{"name":"x"}}]}'), []],
  ])('without a name are left out: %j', async (result, expected) => {
    expect(await list(() => ok(result)).tools).toEqual(expected);
  });

  it.each([null, [], 'x', { tools: {} }])('are none where the answer is %j', async (result) => {
    await expect(list(() => ok(result)).tools).rejects.toMatchObject({ code: 'skill_error' });
  });

  it('are not there when the server does not answer', async () => {
    const timeout = list(() => ({ ok: false, kind: 'timeout', message: 'no answer within 15 s' }));
    await expect(timeout.tools).rejects.toMatchObject({ code: 'timeout' });
    const refused = list(() => ({
      ok: false,
      kind: 'skill_error',
      code: -32601,
      message: 'no tools',
      data: null,
    }));
    await expect(refused.tools).rejects.toMatchObject({
      code: 'skill_error',
      message: expect.stringContaining('no tools'),
    });
  });
});
