import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CallError } from '../../../renderer/bridge/call.ts';
import { argumentsOf, paramsOf, shownIn } from '../../../renderer/screens/skill/tools/tool-arguments.ts';
import { toolFields } from '../../../renderer/screens/skill/tools/tool-fields.ts';
import { shownFailure, shownResult } from '../../../renderer/screens/skill/tools/tool-result.ts';

const search = {
  type: 'object',
  properties: {
    query: { type: 'string', description: 'Words', title: 'Query' },
    limit: { type: 'integer', default: 10 },
    order: { enum: ['relevance', 'date', 3] },
    deep: { type: 'boolean' },
    where: { type: 'object' },
    share: { type: 'number' },
  },
  required: ['query', 'deep'],
};
const fields = toolFields(search) ?? [];

describe('a form from a schema', () => {
  it('has a fitting field for each property', () => {
    expect(fields.map(({ name, kind, required }) => [name, kind, required])).toEqual([
      ['query', 'text', true],
      ['limit', 'integer', false],
      ['order', 'choice', false],
      ['deep', 'switch', true],
      ['where', 'json', false],
      ['share', 'number', false],
    ]);
    expect(fields[0]).toMatchObject({ label: 'Query', help: 'Words' });
    expect(fields[1]?.initial).toBe('10');
  });

  it('is empty for a tool without arguments and none for what no form fits', () => {
    expect(toolFields({ type: 'object' })).toEqual([]);
    expect(toolFields({ type: 'object', properties: {} })).toEqual([]);
    for (const odd of [null, 'x', [], { $ref: '#/x' }, { type: 'array' }, { properties: 5 }])
      expect(toolFields(odd)).toBeNull();
    const many = Object.fromEntries(Array.from({ length: 31 }, (_, index) => [`p${index}`, {}]));
    expect(toolFields({ properties: many })).toBeNull();
  });

  it('takes own members only: a hostile name reaches no prototype', () => {
    expect(toolFields(JSON.parse('{"properties":{"__proto__":{"type":"string"}}}'))).toBeNull();
    const [field] = toolFields({ properties: { constructor: { type: 'string' } } }) ?? [];
    expect(field).toMatchObject({ name: 'constructor', initial: '', required: false });
    if (field === undefined) throw new Error('no field');
    expect(shownIn(field, {})).toBe('');
  });

  it('never fails, whatever the server sends', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (schema) => {
        for (const field of toolFields(schema) ?? []) argumentsOf([field], {});
      }),
    );
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (properties) => {
        for (const field of toolFields({ properties }) ?? []) argumentsOf([field], { [field.name]: '1' });
      }),
    );
  });
});

describe('arguments', () => {
  it('hold what was typed as what it is, without what was left empty', () => {
    const draft = { query: 'cats', order: '3', where: '{"a":1}', share: '0.5' };
    expect(argumentsOf(fields, draft)).toEqual({
      ok: true,
      values: { query: 'cats', limit: 10, order: 3, deep: false, where: { a: 1 }, share: 0.5 },
    });
    expect(argumentsOf(fields, { limit: '' })).toEqual({
      ok: true,
      values: { query: '', deep: false },
    });
  });

  it('says at each field what is wrong', () => {
    const draft = { limit: '1.5', order: '"none"', where: '{', share: 'much' };
    const read = argumentsOf(fields, draft);
    expect(read).toMatchObject({
      ok: false,
      problems: { limit: 'Enter a whole number.', order: 'Choose one.', share: 'Enter a number.' },
    });
    expect(read).toHaveProperty('problems.where', expect.stringMatching(/^Not JSON: /));
  });

  it('asks for what is needed', () => {
    const [needed] = toolFields({ properties: { n: { type: 'number' } }, required: ['n'] }) ?? [];
    if (needed === undefined) throw new Error('no field');
    expect(argumentsOf([needed], {})).toEqual({ ok: false, problems: { n: 'This is needed.' } });
  });

  it('as a whole are a JSON object or nothing', () => {
    expect(paramsOf(' ')).toEqual({ value: undefined });
    expect(paramsOf('{"a":1}')).toEqual({ value: { a: 1 } });
    for (const wrong of ['[1]', '1', 'null', '{'])
      expect(paramsOf(wrong)).toEqual({ problem: expect.any(String) });
  });
});

describe('a result', () => {
  it('of a tool is its texts, and a failure of the tool is told', () => {
    const result = {
      content: [
        { type: 'text', text: '<b>no markup</b>' },
        { type: 'image', data: 'AAAA', mimeType: 'image/png' },
      ],
      isError: true,
    };
    const shown = shownResult(result);
    expect(shown.isError).toBe(true);
    expect(shown.parts[0]).toEqual({ kind: 'text', text: '<b>no markup</b>' });
    expect(shown.parts[1]?.kind).toBe('json');
  });

  it('that is an error of the skill shows its own words; without an answer, why there is none', () => {
    const failed = { content: [{ type: 'text', text: 'disk full' }], isError: true };
    const told = (details: unknown) =>
      shownFailure(new CallError('skill_error', 'it answered with error -32000: disk full', details));
    expect(told({ code: -32000, message: 'disk full', data: failed })).toMatchObject({
      answered: true,
      parts: [{ kind: 'text', text: 'disk full' }],
    });
    expect(told({ code: -32601, message: 'no such method' }).parts).toHaveLength(1);
    expect(told({ code: 1, data: { at: 'x' } }).parts).toHaveLength(2);
    expect(told(undefined).answered).toBe(true);
    expect(shownFailure(new CallError('timeout', 'no answer within 30 s'))).toMatchObject({
      answered: false,
      parts: [{ text: 'no answer within 30 s' }],
    });
  });

  it('of anything else is JSON, cut where nobody reads on', () => {
    expect(shownResult({ echo: 1 }).parts).toEqual([{ kind: 'json', text: '{\n  "echo": 1\n}' }]);
    expect(shownResult(undefined).parts).toEqual([{ kind: 'json', text: 'nothing' }]);
    expect(shownResult('x'.repeat(60_000)).parts[0]?.text).toMatch(/ more characters$/);
  });
});
