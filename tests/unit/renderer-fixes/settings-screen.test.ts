import { describe, expect, it } from 'vitest';
import { diagnosticsReport, hostFacts } from '../../../renderer/screens/settings/diagnostics-report.ts';
import { foldersInUse } from '../../../renderer/screens/settings/folders-in-use.ts';
import { settingsFields } from '../../../renderer/screens/settings/settings-fields.ts';
import { searchSettings, settingsCards } from '../../../renderer/screens/settings/settings-search.ts';
import type { RuntimeStatus } from '../../../shared/model/runtime.ts';

describe('the search over settings', () => {
  it('leaves everything while it is empty', () => {
    const hits = searchSettings('  ');
    expect(hits.fields.size).toBe(settingsFields.length);
    expect([...hits.cards]).toEqual(settingsCards.map(({ id }) => id));
  });

  it('finds by label, explanation, member name and card title, all words needed', () => {
    const keys = (query: string) => [...searchSettings(query).fields].map(({ key }) => key);
    expect(keys('jitterPercent')).toEqual(['jitterPercent']);
    expect(keys('answer within')).toEqual(['healthTimeoutSecs']);
    expect(keys('quarantine window')).toContain('maxFailuresInWindow');
    expect(keys('quarantine window')).not.toContain('autoQuarantine');
    expect(keys('notifications')).toHaveLength(14);
  });

  it('finds the cards that are not made of fields', () => {
    expect([...searchSettings('loop lag').cards]).toEqual(['diagnostics']);
    expect([...searchSettings('zzz').cards]).toEqual([]);
  });
});

describe('skills folders', () => {
  it('count the skills below them and name those the settings do not know', () => {
    const skills = ['/home/u/skills/a', '/home/u/skills/b', '/opt/more/c'].map((folder) => ({ folder }));
    expect(foldersInUse(['/home/u/skills/', '/empty'], skills)).toEqual([
      { path: '/home/u/skills/', skills: 2, configured: true },
      { path: '/empty', skills: 0, configured: true },
      { path: '/opt/more', skills: 1, configured: false },
    ]);
  });

  it('are not mistaken for a folder whose name begins alike', () => {
    expect(foldersInUse(['/s'], [{ folder: '/skills/a' }])).toEqual([
      { path: '/s', skills: 0, configured: true },
      { path: '/skills', skills: 1, configured: false },
    ]);
  });

  it('may be Windows paths', () => {
    expect(foldersInUse(['C:\\skills'], [{ folder: 'C:\\skills\\a' }])).toEqual([
      { path: 'C:\\skills', skills: 1, configured: true },
    ]);
  });
});

describe('diagnostics', () => {
  const status: RuntimeStatus = {
    hostKind: 'headless',
    pid: 42,
    startedAt: 1_000_000,
    uptimeMs: 3_720_000,
    dataDir: '/data',
    folders: [],
    skills: { total: 3, running: 2, healthy: 2, degraded: 0, failing: 0, quarantined: 1, broken: 0 },
    eventLoopLagMs: { p50: 0.4, p99: 3.2, max: 41 },
    memoryBytes: 77_594_624,
    cpuShare: 0.0123,
    storage: { mode: 'disk', bytes: 2_097_152 },
    notices: [
      { at: 1_000_000, level: 'warning', code: 'settings_damaged', message: 'A member was left out.' },
    ],
  };
  const version = {
    name: 'skillward',
    version: '0.1.0',
    contractVersion: 1,
    hostKind: 'headless',
    node: 'v24.1.0',
    platform: 'linux-x64',
  } as const;

  it('say what is so, and leave out states no skill is in', () => {
    const facts = new Map(hostFacts(status, version));
    expect(facts.get('Skills')).toBe('3, 2 running, 2 healthy, 1 quarantined');
    expect(facts.get('Process')).toBe('pid 42, up 1 h 2 min');
    expect(facts.get('CPU')).toBe('1.2 % of one core since it started');
    expect(facts.get('Runs on')).toBe('Node 24.1.0, linux-x64');
  });

  it('make a report with every fact and notice', () => {
    const report = diagnosticsReport(status, version, 5_000_000);
    for (const [label, value] of hostFacts(status, version)) expect(report).toContain(`${label}: ${value}`);
    expect(report).toContain('warning settings_damaged: A member was left out.');
    expect(diagnosticsReport({ ...status, notices: [] }, version, 0)).toContain('Notices: none');
  });
});
