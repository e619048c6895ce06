import { describe, expect, it } from 'vitest';
import { adviceAfter } from '../../../renderer/components/repair-advice-stream.ts';
import { applyLabel, trialInWords, trialOf } from '../../../renderer/components/suggested-fix-trial.ts';
import { settingsFields } from '../../../renderer/screens/settings/settings-fields.ts';
import { problemWith } from '../../../renderer/screens/settings/settings-rules.ts';
import type { SequencedEvent } from '../../../shared/contract/index.ts';
import type { FixTrial } from '../../../shared/model/fix.ts';

const trial: FixTrial = {
  id: 1,
  fixId: 7,
  skillId: 'bank',
  incidentId: 3,
  signature: 'x',
  origin: 'user',
  appliedAt: 1,
  state: 'watching',
  inForce: true,
  healthyChecks: 2,
  failedChecks: 0,
  decidedAt: null,
};

describe('a fix that is tried', () => {
  it('says how far it has come, and how it ended', () => {
    expect(trialInWords(trial)).toBe('Being tried: 2 of 3 healthy checks.');
    const ends = (['worked', 'failed', 'regressed', 'unclear'] as const).map((state) =>
      trialInWords({ ...trial, state }),
    );
    expect(new Set(ends).size).toBe(4);
  });

  it('is shown by its newest trial', () => {
    const older = { ...trial, id: 0, state: 'failed' as const };
    expect(trialOf([{ ...trial, fixId: 8 }, trial, older], 7)).toBe(trial);
    expect(trialOf(undefined, 7)).toBeUndefined();
  });

  it('names on its button what will happen', () => {
    expect(applyLabel({})).toBe('I am trying this');
    expect(applyLabel({ safeAction: 'restart' })).toContain('restart');
    expect(applyLabel({ safeAction: 'release-trial' })).toContain('trial');
  });
});

describe('an answer that comes in pieces', () => {
  const chunk = (adviceId: string, offset: number, text: string): SequencedEvent => ({
    v: 1,
    seq: 1,
    event: 'advice.chunk',
    payload: { adviceId, offset, text },
  });
  const empty = { text: '', done: null };

  it('is put together in order, leaving out what belongs elsewhere or comes twice', () => {
    const batch = [chunk('a', 0, 'Re'), chunk('b', 0, 'other'), chunk('a', 2, 'new'), chunk('a', 2, 'new')];
    expect(adviceAfter(empty, 'a', batch)).toEqual({ text: 'Renew', done: null });
  });

  it('is whole in the end, even if a piece was missed', () => {
    const payload = { adviceId: 'a', end: 'complete' as const, text: 'Renew it.', problem: null };
    const done: SequencedEvent = { v: 1, seq: 2, event: 'advice.done', payload };
    expect(adviceAfter(empty, 'a', [chunk('a', 6, ' it.'), done])).toEqual({
      text: 'Renew it.',
      done: payload,
    });
    expect(adviceAfter(empty, 'b', [done])).toEqual(empty);
  });
});

describe('the address of an endpoint', () => {
  const field = settingsFields.find(({ key }) => key === 'baseUrl');
  if (field === undefined) throw new Error('no such field');

  it.each(['http://127.0.0.1:11434/v1', 'https://api.example.com', 'HTTP://[::1]:8080/v1/'])(
    'may be %s',
    (address) => expect(problemWith(field, address)).toBeNull(),
  );

  it.each([
    '',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'api.example.com/v1',
    'http://',
    'http://user:secret@example.com/v1',
    'http://example.com/v1?key=1',
    'http://example.com/ v1',
  ])('may not be “%s”', (address) => {
    expect(problemWith(field, address)).toContain('http:// or https://');
  });
});
