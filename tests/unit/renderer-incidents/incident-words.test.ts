import { describe, expect, it } from 'vitest';
import {
  acknowledgedInWords,
  endInWords,
  hasWords,
  headlineOf,
  inReadingOrder,
  isMuted,
  muteInWords,
  severityOf,
  stands,
  stateOf,
} from '../../../renderer/components/incidents/incident-words.ts';
import { MUTED_UNTIL_RECOVERY } from '../../../shared/model/action.ts';
import { incident } from '../core/incidents/build.ts';

const HOUR = 3_600_000;
const ended = { endedAt: 9000, state: 'resolved' } as const;

describe('where an incident stands', () => {
  it('is shown under its state, and under Muted as long as that lasts', () => {
    const muted = incident({ mutedUntil: 5000 });
    expect(stands(muted, 'open', 4999) && stands(muted, 'muted', 4999)).toBe(true);
    expect(stands(muted, 'muted', 5000)).toBe(false);
    expect(isMuted(incident({ ...ended, mutedUntil: MUTED_UNTIL_RECOVERY }), 1)).toBe(false);
    expect(stands(incident(ended), 'resolved', 1)).toBe(true);
  });

  it('has a severity and a state by shape and word', () => {
    expect(severityOf(incident())).toEqual({ state: 'bad', word: 'Failing' });
    expect(severityOf(incident({ quarantined: true }))).toEqual({ state: 'quar', word: 'Quarantined' });
    expect(severityOf(incident({ ...ended, quarantined: true })).word).toBe('Over');
    expect(stateOf(incident({ state: 'acknowledged' })).word).toBe('Acknowledged');
  });
});

describe('the words for it', () => {
  it('say until when it is muted or taken on', () => {
    expect(muteInWords(MUTED_UNTIL_RECOVERY, 0)).toBe('until it ends');
    expect(muteInWords(2 * HOUR, HOUR)).toBe('for another 1 h');
    expect(acknowledgedInWords(incident({ acknowledged: { at: 1 } }), 2)).toBe('until it ends');
    expect(acknowledgedInWords(incident({ acknowledged: { at: 1, until: HOUR } }), 0)).toBe(
      'open again in 1 h',
    );
  });

  it('say how it ended', () => {
    expect(endInWords(incident())).toBeNull();
    expect(endInWords(incident(ended))).toBe('by itself');
    expect(endInWords(incident({ ...ended, ended: { by: 'user' } }))).toBe('by a person');
    expect(endInWords(incident({ ...ended, ended: { by: 'out-of-service' } }))).toBe(
      'the skill left service',
    );
  });

  it('take the line of an error that says most', () => {
    expect(headlineOf('Traceback (most recent call last):\n  File "x"\nKeyError: 1\n')).toBe('KeyError: 1');
    expect(headlineOf('\n exited with code 1\nmore')).toBe('exited with code 1');
    expect(headlineOf(' \n')).toBe('');
  });
});

describe('the list', () => {
  it('has what goes on and nobody looks after first, then the newest', () => {
    const order = inReadingOrder([
      incident({ ...ended, id: 1, startedAt: 900 }),
      incident({ id: 2, state: 'acknowledged', startedAt: 800 }),
      incident({ id: 3, startedAt: 100 }),
      incident({ id: 4, startedAt: 700 }),
    ]);
    expect(order.map(({ id }) => id)).toEqual([4, 3, 2, 1]);
  });

  it('is searched by skill, error, note and number, all words at once', () => {
    const one = incident({ id: 12, skillId: 'mail', error: 'KeyError: token', note: 'Ann is on it' });
    for (const words of [['mail'], ['token', 'mail'], ['ann'], ['#12'], []])
      expect(hasWords(one, words)).toBe(true);
    expect(hasWords(one, ['mail', 'nothing'])).toBe(false);
  });
});
