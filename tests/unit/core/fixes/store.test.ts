import { describe, expect, it } from 'vitest';
import { normalizeError, SIGNATURE_VERSION } from '../../../../electron/core/fixes/normalize.ts';
import { FixPatternStore } from '../../../../electron/core/fixes/store.ts';
import type { FixPattern } from '../../../../shared/model/fix.ts';

const KEY_ERROR = "KeyError: 'access_token'";
const inTraceback = (error: string, file = '/app/skill.py'): string =>
  `Traceback (most recent call last):\n  File "${file}", line 7, in run\n    go()\n${error}`;

describe('the contract of the first version', () => {
  it('is empty at first', () => {
    expect(new FixPatternStore().list()).toEqual([]);
    expect(new FixPatternStore().findMatching('anything at all')).toBeUndefined();
  });

  it('finds a phrase inside an error, and not elsewhere', () => {
    const store = new FixPatternStore();
    store.recordFix('connection refused', 'start the service');
    expect(store.findMatching('error: connection refused on port 8080')?.fixDescription).toBe(
      'start the service',
    );
    expect(store.findMatching('authentication failed')).toBeUndefined();
  });

  it('keeps one pattern for one signature, with the newer description', () => {
    const store = new FixPatternStore();
    store.recordFix('connection refused', 'old');
    const second = store.recordFix('connection refused', 'new', undefined, 9);
    expect(store.list()).toEqual([second]);
    expect(second).toMatchObject({
      fixDescription: 'new',
      successCount: 2,
      failureCount: 0,
      createdAt: 0,
      updatedAt: 9,
    });
  });

  it('takes the phrase that worked more often', () => {
    const store = new FixPatternStore();
    store.recordFix('error', 'generic');
    store.recordFix('error', 'generic');
    store.recordFix('error occurred', 'specific');
    const found = store.findMatching('some error occurred here');
    expect(found).toMatchObject({ fixDescription: 'generic', successCount: 2 });
    // Ranked, the specific one still comes first.
    expect(
      store.match('some error occurred here').matches.map((match) => match.pattern.fixDescription),
    ).toEqual(['specific', 'generic']);
  });

  it('keeps the skill a pattern was recorded for', () => {
    expect(new FixPatternStore().recordFix('connection refused', 'fix', 'weather').skillId).toBe('weather');
  });
});

describe('defects of the first version', () => {
  it('a generic fix does not shadow a specific one', () => {
    const store = new FixPatternStore();
    for (let count = 0; count < 5; count += 1) store.recordFix('connection refused', 'check the network');
    const redis = 'ConnectionError: Error 111 connecting to localhost:6379. Connection refused.';
    store.recordFix(redis, 'start redis');
    expect(store.findMatching(redis)?.fixDescription).toBe('start redis');
    expect(store.match(redis).matches.map((match) => match.tier)).toEqual(['exact', 'phrase']);
  });

  it('the name of an exception class is not found in every error of that class', () => {
    const store = new FixPatternStore();
    store.recordFix('KeyError: 12345', 'a');
    store.recordFix('KeyError', 'b');
    expect(store.findMatching(KEY_ERROR)).toBeUndefined();
    expect(store.match(KEY_ERROR).matches.filter((match) => match.tier !== 'similar')).toEqual([]);
  });

  it('a text that normalises to nothing matches nothing and is matched by nothing', () => {
    const store = new FixPatternStore();
    store.recordFix('12345', 'x');
    store.recordFix('', 'y');
    for (const text of ['12345', '', '67890', 'connection refused', KEY_ERROR]) {
      expect(store.findMatching(text)).toBeUndefined();
      expect(store.match(text).matches).toEqual([]);
    }
  });

  it('the skill counts when looking up', () => {
    const store = new FixPatternStore();
    store.recordFix(KEY_ERROR, 'theirs', 'alpha');
    store.recordFix(KEY_ERROR, 'ours', 'beta');
    const { matches } = store.match(inTraceback(KEY_ERROR), { skillId: 'beta' });
    expect(matches.map((match) => [match.pattern.fixDescription, match.tier])).toEqual([
      ['ours', 'exact-here'],
      ['theirs', 'exact'],
    ]);
    expect(matches[1]?.why).toContain('alpha');
  });

  it('the skill can be changed', () => {
    const store = new FixPatternStore();
    const { id } = store.recordFix(KEY_ERROR, 'fix', 'alpha', 1);
    expect(store.update(id, { skillId: null }, 2)).not.toHaveProperty('skillId');
    expect(store.update(id, { skillId: 'beta' }, 3)?.skillId).toBe('beta');
    expect(store.update(id, { fixDescription: 'better' }, 4)).toMatchObject({
      skillId: 'beta',
      fixDescription: 'better',
      updatedAt: 4,
    });
  });

  it('failures are counted', () => {
    const store = new FixPatternStore();
    const { id } = store.recordFix(KEY_ERROR, 'fix');
    store.feedback(id, false, 5);
    expect(store.feedback(id, true, 6)).toMatchObject({ successCount: 2, failureCount: 1, lastUsedAt: 6 });
  });

  it('what is recorded is normalised like what is looked up', () => {
    const store = new FixPatternStore();
    const raw = '2026-01-15 12:00:00 ERROR Worker 17 FAILED at /srv/a/b.py';
    store.recordFix(raw, 'fix');
    expect(store.findMatching('2025-02-03 01:02:03 ERROR Worker 4 FAILED at /opt/c.py')?.fixDescription).toBe(
      'fix',
    );
  });

  it('codes, ports and exit states tell fixes apart', () => {
    const store = new FixPatternStore();
    store.recordFix('HTTPError: HTTP Error 503: Service Unavailable', 'wait');
    store.recordFix('process exited with code 137', 'more memory');
    expect(store.match('HTTPError: HTTP Error 401: Unauthorized').matches).toEqual([]);
    expect(store.match('process exited with code 1').matches).toEqual([]);
  });
});

describe('several fixes for one error', () => {
  it('begin when a fix with a record is joined by another', () => {
    const store = new FixPatternStore();
    const first = store.recordFix(KEY_ERROR, 'log in again');
    store.feedback(first.id, false, 1);
    const second = store.recordFix(KEY_ERROR, 'renew the token');
    expect(second.id).not.toBe(first.id);
    expect(store.get(first.id)).toMatchObject({ fixDescription: 'log in again', failureCount: 1 });
    expect(store.match(KEY_ERROR).matches.map((match) => match.pattern.id)).toEqual([second.id, first.id]);
  });

  it('the same description is the same fix, tried or not', () => {
    const store = new FixPatternStore();
    const { id } = store.recordFix(KEY_ERROR, 'log in again');
    store.feedback(id, true, 1);
    expect(store.recordFix(KEY_ERROR, ' log in again ')).toMatchObject({ id, successCount: 3 });
  });

  it('are ranked by the credible share of successes, then by recency', () => {
    const store = new FixPatternStore();
    const fixes = ['often', 'once', 'lately'].map((description) => {
      const { id } = store.recordFix(KEY_ERROR, description);
      store.feedback(id, true, 1);
      return id;
    });
    const [often = 0, , lately = 0] = fixes;
    for (let count = 0; count < 8; count += 1) store.feedback(often, true, 2);
    store.feedback(often, false, 3);
    store.update(lately, {}, 50);
    expect(store.match(KEY_ERROR).matches.map((match) => match.pattern.fixDescription)).toEqual([
      'often',
      'lately',
      'once',
    ]);
  });

  it('what has been refuted comes last, even in its own skill', () => {
    const store = new FixPatternStore();
    const { id } = store.recordFix(KEY_ERROR, 'never helps', 'here');
    for (let count = 0; count < 12; count += 1) store.feedback(id, false, count);
    store.recordFix(KEY_ERROR, 'elsewhere', 'there');
    expect(
      store.match(KEY_ERROR, { skillId: 'here' }).matches.map((match) => match.pattern.fixDescription),
    ).toEqual(['elsewhere', 'never helps']);
  });
});

describe('tiers', () => {
  const chain = `${inTraceback('ConnectionRefusedError: [Errno 111] Connection refused')}\n\nDuring handling of the above exception, another exception occurred:\n\n${inTraceback('StartupError: cannot reach database')}`;

  it('finds the fix of the root cause, both ways round', () => {
    const store = new FixPatternStore();
    store.recordFix('ConnectionRefusedError: [Errno 111] Connection refused', 'start it');
    const [match] = store.match(chain).matches;
    expect(match).toMatchObject({ tier: 'root-cause' });
    expect(match?.why).toContain('connectionrefusederror');
    expect(store.findMatching(chain)?.fixDescription).toBe('start it');

    const other = new FixPatternStore();
    other.recordFix(chain, 'start it');
    expect(other.match('ConnectionRefusedError: [Errno 111] Connection refused').matches[0]?.tier).toBe(
      'root-cause',
    );
  });

  it('finds a phrase in what was cut off as a log prefix', () => {
    const store = new FixPatternStore();
    store.recordFix('nightly import', 'run it by day');
    expect(
      store.match("2026-01-01 00:00:00 ERROR Nightly Import broke: KeyError: 'x'").matches[0]?.tier,
    ).toBe('phrase');
  });

  it('finds a phrase only at the bounds of words', () => {
    const store = new FixPatternStore();
    store.recordFix('port error', 'x');
    expect(store.findMatching('an import error')).toBeUndefined();
    expect(store.findMatching('a port error')?.fixDescription).toBe('x');
  });

  it('suggests what is alike with its likeness, never as the same', () => {
    const store = new FixPatternStore();
    store.recordFix(
      'openai.RateLimitError: You exceeded your current quota, please check your plan and billing details.',
      'pay',
    );
    const [match] = store.match(
      "RateLimitError: {'message': 'You exceeded your current quota, check your plan and billing details'}",
    ).matches;
    expect(match?.tier).toBe('similar');
    expect(match?.score).toBeLessThan(1);
    expect(match?.why).toMatch(/% alike/);
    expect(store.findMatching('RateLimitError: exceeded quota, check plan and billing')).toBeUndefined();
  });

  it('does not take look-alikes for the same', () => {
    const store = new FixPatternStore();
    store.recordFix("AttributeError: 'NoneType' object has no attribute 'group'", 'x');
    expect(store.match("AttributeError: 'NoneType' object has no attribute 'groups'").matches).toEqual([]);
  });

  it('gives every match a reason and as many as asked for', () => {
    const store = new FixPatternStore();
    for (const skill of ['a', 'b', 'c', 'd']) store.recordFix(KEY_ERROR, `fix of ${skill}`, skill);
    const { matches } = store.match(KEY_ERROR, { limit: 3 });
    expect(matches).toHaveLength(3);
    for (const match of matches)
      expect(match.why).toMatch(/^The same error, recorded for [a-d]; worked once\.$/);
  });

  it('the same Python error of two skills is one error, a 401 is not a 503', () => {
    const store = new FixPatternStore();
    const error = (id: string, status: string): string =>
      `ApiError: request ${id} failed with status code ${status}`;
    store.recordFix(inTraceback(error('0af7651916cd43dd', '503'), '/srv/one/a.py'), 'wait', 'one');
    expect(
      store.match(inTraceback(error('b7ad6b7169203331', '503'), '/srv/two/b.py'), { skillId: 'two' })
        .matches[0]?.tier,
    ).toBe('exact');
    expect(store.match(error('b7ad6b7169203331', '401'), { skillId: 'two' }).matches).toEqual([]);
  });
});

describe('keeping', () => {
  it('masks secrets before anything is kept', () => {
    const store = new FixPatternStore();
    const pattern = store.recordFix(
      'LoginError: password=hunter2x9 refused for /home/maria/bot.py',
      'set token=abcd1234efgh',
      'one',
    );
    expect(JSON.stringify(pattern)).not.toMatch(/hunter2x9|abcd1234efgh|maria/);
    expect(
      store.match('LoginError: password=other3secret refused for /home/jo/bot.py').matches[0]?.tier,
    ).toBe('exact');
  });

  it('keeps the full text only if it is the same error', () => {
    const store = new FixPatternStore();
    const full = inTraceback(KEY_ERROR);
    expect(store.recordFix(normalizeError(KEY_ERROR), 'a', 'one', 0, full).sample).toBe(full);
    expect(store.recordFix('no token', 'a', 'one', 0, full).sample).toBe('no token');
  });

  it('signs patterns of an older version anew and says which', () => {
    const current = new FixPatternStore().recordFix("KeyError: 'x'", 'fix');
    const old: FixPattern = {
      ...current,
      id: 7,
      errorSignature: 'keyerror:',
      sample: KEY_ERROR,
      signatureVersion: 0,
    };
    const store = new FixPatternStore();
    const changed = store.restoreAll([current, old]);
    expect(changed).toEqual([
      { ...old, errorSignature: normalizeError(KEY_ERROR), signatureVersion: SIGNATURE_VERSION },
    ]);
    expect(store.list()).toHaveLength(2);
    expect(store.match(KEY_ERROR).matches[0]?.pattern.id).toBe(7);
    expect(store.recordFix('another thing', 'fix').id).toBe(8);
  });

  it('restores in place of what was there', () => {
    const store = new FixPatternStore();
    store.recordFix('connection refused', 'fix');
    store.restoreAll([]);
    expect(store.list()).toEqual([]);
    expect(store.match('connection refused').matches).toEqual([]);
  });

  it('forgets', () => {
    const store = new FixPatternStore();
    const pattern = store.recordFix('connection refused', 'fix');
    expect(store.remove(pattern.id)).toEqual(pattern);
    expect(store.remove(pattern.id)).toBeUndefined();
    expect(store.findMatching('connection refused')).toBeUndefined();
    expect(store.feedback(pattern.id, true, 1)).toBeUndefined();
    expect(store.update(pattern.id, {}, 1)).toBeUndefined();
  });

  it('does not change what it has handed out', () => {
    const store = new FixPatternStore();
    const before = store.recordFix('connection refused', 'fix');
    store.feedback(before.id, true, 1);
    expect(before.successCount).toBe(1);
  });
});

describe('the action of a fix', () => {
  it('is given, kept and taken away; a permission is for the action it was given for', () => {
    const store = new FixPatternStore();
    const { id } = store.recordFix('KeyError: "a"', 'Restart it');
    expect(store.update(id, { safeAction: 'restart', autoApply: true }, 1)).toMatchObject({
      safeAction: 'restart',
      autoApply: true,
    });
    expect(store.update(id, { fixDescription: 'Do restart it' }, 2)).toMatchObject({ autoApply: true });
    expect(store.update(id, { safeAction: 'release-trial' }, 3)).toMatchObject({
      safeAction: 'release-trial',
      autoApply: false,
    });
    const bare = store.update(id, { safeAction: 'none', autoApply: true }, 4);
    expect(bare).not.toHaveProperty('safeAction');
    expect(bare).not.toHaveProperty('autoApply');
  });

  it('that seemed to work and did not loses its success, never more than it has', () => {
    const store = new FixPatternStore();
    const { id } = store.recordFix('KeyError: "a"', 'Restart it');
    expect(store.correct(id, 5)).toMatchObject({ successCount: 0, failureCount: 1, lastUsedAt: 5 });
    expect(store.correct(id, 6)).toMatchObject({ successCount: 0, failureCount: 2 });
    expect(store.correct(99, 6)).toBeUndefined();
  });
});

describe('fixes of other hosts', () => {
  const origin = { hostId: 'beta', name: 'Beta' };
  const elsewhere = { hosts: 1, successCount: 8, failureCount: 0 };

  function learnt(change: Partial<FixPattern> = {}) {
    const store = new FixPatternStore();
    const { id: _id, ...recorded } = store.recordFix(KEY_ERROR, 'Log in again', 'shop', 5);
    store.remove(1);
    return { store, fix: store.adopt({ ...recorded, successCount: 0, origin, elsewhere, ...change }) };
  }

  it('are ranked by what was counted everywhere, and told so', () => {
    const { store, fix } = learnt();
    const own = store.recordFix(KEY_ERROR, 'Wait', 'shop', 9);
    const { matches } = store.match(KEY_ERROR, { skillId: 'shop' });
    expect(matches.map(({ pattern }) => pattern.id)).toEqual([fix.id, own.id]);
    expect(matches[0]?.why).toBe('The same error in this skill; learnt on Beta; worked 8 times.');
    expect(store.match(KEY_ERROR, { own: true }).matches.map(({ pattern }) => pattern.id)).toEqual([own.id]);
    // Refuted elsewhere is refuted.
    store.adopt({ ...fix, elsewhere: { hosts: 3, successCount: 0, failureCount: 9 } }, fix.id);
    expect(store.match(KEY_ERROR, { skillId: 'shop' }).matches[0]?.pattern.id).toBe(own.id);
  });

  it('are not written over by a note, and become own when written down here', () => {
    const { store, fix } = learnt();
    expect(store.recordFix(KEY_ERROR, 'Something else', 'shop', 9).id).not.toBe(fix.id);
    const recorded = store.recordFix(KEY_ERROR, 'Log in again', 'shop', 9);
    expect(recorded).toMatchObject({ id: fix.id, successCount: 1, createdAt: 9, elsewhere });
    expect(recorded).not.toHaveProperty('origin');
  });

  it('keep others’ counts only for the very words they were counted for', () => {
    const { store, fix } = learnt({ safeAction: 'restart' });
    const allowed = store.update(fix.id, { autoApply: true }, 9);
    expect(allowed).toMatchObject({ elsewhere, autoApply: true, createdAt: 9 });
    expect(allowed).not.toHaveProperty('origin');
    expect(store.update(fix.id, { skillId: null }, 10)).not.toHaveProperty('elsewhere');
  });
});
