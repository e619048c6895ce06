import { describe, expect, test } from 'vitest';
import type { MenuEntry } from '../../../electron/hosts/desktop/menu-model.ts';
import { type TrayFacts, trayModel } from '../../../electron/hosts/desktop/tray-model.ts';
import { appConfig, health, skill } from './build.ts';

const well = [skill('a'), skill('b')];
const degraded = skill('slow', { health: health('slow', { status: { kind: 'degraded', reason: 'slow' } }) });
const quarantined = (id: string) => skill(id, { lifecycle: 'quarantined' });

function model(facts: Partial<TrayFacts>) {
  return trayModel({ skills: well, config: appConfig, mutedUntil: null, formatTime: String, ...facts });
}
function ids(entries: readonly MenuEntry[]): string[] {
  return entries.flatMap((entry) => ('id' in entry ? [entry.id] : []));
}

describe('the tray', () => {
  test.each([
    ['well', well, 'All 2 skills are well'],
    ['well', [skill('a')], 'The skill is well'],
    ['well', [], 'No skills yet'],
    ['well', [...well, skill('p', { paused: true })], 'All 3 skills are well (1 paused)'],
    ['watch', [...well, degraded], '1 of 3 degraded'],
    ['trouble', [...well, degraded, quarantined('q')], '1 of 4 needs attention'],
    ['trouble', [quarantined('q'), quarantined('r')], '2 of 2 need attention'],
    [
      'paused',
      [skill('p', { paused: true }), skill('d', { lifecycle: 'disabled' })],
      'All 2 skills are paused',
    ],
  ] as const)('is %s for its skills and says so', (state, skills, sentence) => {
    expect(model({ skills })).toMatchObject({ state, sentence });
  });

  test('lists five of the skills that need somebody, and a way to the rest', () => {
    const skills = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map(quarantined);
    const { calling, entries } = model({ skills });
    expect(calling).toBe(7);
    expect(ids(entries).filter((id) => id.startsWith('skill:'))).toHaveLength(5);
    expect(entries.find((entry) => 'id' in entry && entry.id === 'more')).toMatchObject({
      label: '2 more …',
      order: { kind: 'go', route: '#/?show=attention' },
    });
  });

  test('offers to pause what runs, else to start what is paused', () => {
    expect(ids(model({}).entries)).toContain('pause-all');
    expect(ids(model({ skills: [skill('p', { paused: true })] }).entries)).toContain('resume-all');
    expect(
      model({ skills: [skill('d', { lifecycle: 'disabled' })] }).entries.find(
        (entry) => 'id' in entry && entry.id === 'pause-all',
      ),
    ).toMatchObject({ enabled: false });
  });

  test('mutes for hours, and says until when', () => {
    expect(model({}).entries.find((entry) => 'id' in entry && entry.id === 'mute')).toMatchObject({
      entries: [{ order: { hours: 1 } }, { order: { hours: 4 } }, { order: { hours: 8 } }],
    });
    expect(
      model({ mutedUntil: 5 }).entries.find((entry) => 'id' in entry && entry.id === 'unmute'),
    ).toMatchObject({
      label: 'Notifications are muted until 5: unmute',
    });
  });

  test('has every id once', () => {
    const all = ids(model({ skills: [...well, quarantined('q')] }).entries);
    expect(new Set(all).size).toBe(all.length);
  });
});
