import { describe, expect, it } from 'vitest';
import { releaseStanding } from '../../../renderer/components/release-standing.ts';
import { sourceWords } from '../../../renderer/screens/skill/setup/credential-words.ts';
import { whyOf } from '../../../renderer/screens/skill/why.ts';
import type { FixMatch } from '../../../shared/model/fix.ts';
import type { Remedy, Skill } from '../../../shared/model/skill.ts';
import { T0 } from '../renderer-charts/build.ts';
import { buildFailing, buildSkill } from '../renderer-charts/build-skill.ts';

function failedFor(remedy: Remedy, over: Partial<Skill> = {}): Skill {
  const { process } = buildSkill();
  const cause = {
    ...{ kind: 'configuration' as const, message: 'it cannot start', exitCode: null, signal: null },
    ...{ at: T0, remedy },
  };
  return buildSkill({ process: { ...process, state: 'failed', pid: null, cause }, ...over });
}

describe('the step that is offered', () => {
  it('is none where nothing is to be mended', () => {
    expect(whyOf(buildSkill()).remedy).toBeNull();
    expect(whyOf(buildFailing(3)).remedy).toBeNull();
  });

  it('is the one the cause names', () => {
    expect(whyOf(failedFor('create-environment')).remedy).toBe('create-environment');
    expect(whyOf(failedFor('install-python')).remedy).toBe('install-python');
  });

  it('is the credentials before anything else, as long as one is missing', () => {
    expect(whyOf(failedFor('create-environment', { credentialsMissing: ['bot_token'] })).remedy).toBe(
      'enter-credentials',
    );
    expect(whyOf(failedFor('create-environment', { credentialsMissing: [] })).remedy).toBe(
      'create-environment',
    );
  });

  it('is no longer that of an earlier failure once the skill runs', () => {
    const { process } = failedFor('create-environment');
    expect(whyOf(buildSkill({ process: { ...process, state: 'running', pid: 1 } })).remedy).toBeNull();
  });

  it('is a restart when its files have changed while it runs, and nothing while it is out of service', () => {
    expect(whyOf(buildSkill({ filesChanged: true })).remedy).toBe('restart');
    expect(whyOf(failedFor('create-environment', { lifecycle: 'disabled' })).remedy).toBeNull();
  });

  it('is mending the files of a broken skill', () => {
    const broken = { file: 'manifest.toml', line: 3, message: 'is no TOML' };
    expect(whyOf(buildSkill({ broken, credentialsMissing: ['x'] })).remedy).toBe('mend-files');
  });
});

describe('what a release dialog says about the error', () => {
  const pattern = {
    ...{ id: 1, errorSignature: 'x', fixDescription: 'Renew the token\nin the console', successCount: 2 },
    ...{ failureCount: 0, createdAt: T0 - 9000, updatedAt: T0 - 9000, sample: 'x', signatureVersion: 1 },
  };
  const match = (tier: FixMatch['tier'], lastUsedAt: number | null): FixMatch => ({
    ...{ pattern: { ...pattern, lastUsedAt }, tier, score: 1, why: 'same error' },
  });

  it('counts a fix of exactly this error that was applied since', () => {
    expect(releaseStanding([match('exact-here', T0 + 5)], T0)).toEqual({
      kind: 'applied',
      title: 'Renew the token',
    });
    expect(releaseStanding([match('exact-here', T0 - 5)], T0)).toMatchObject({ kind: 'not-applied' });
    expect(releaseStanding([match('exact', null)], T0)).toMatchObject({ kind: 'not-applied' });
  });

  it('does not take a similar error for this one', () => {
    expect(releaseStanding([match('similar', T0 + 5)], T0)).toEqual({ kind: 'unknown-error' });
    expect(releaseStanding([], T0)).toEqual({ kind: 'unknown-error' });
  });

  it('does not call a fix applied when it is not known since when', () => {
    expect(releaseStanding([match('exact', T0 + 5)], null)).toMatchObject({ kind: 'not-applied' });
  });
});

describe('where a credential comes from', () => {
  const credential = { skillId: 'bot', name: 'key', envVar: 'KEY', description: '', required: true };
  it('is told by shape and word; only a required one that is missing is bad', () => {
    expect(sourceWords({ ...credential, source: 'missing' }).state).toBe('bad');
    expect(sourceWords({ ...credential, required: false, source: 'missing' }).state).toBe('none');
    expect(sourceWords({ ...credential, source: 'stored' })).toEqual({ state: 'ok', words: 'entered' });
    expect(sourceWords({ ...credential, source: 'environment' }).words).toContain('KEY');
  });
});
