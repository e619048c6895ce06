import type { ProcessCause } from '../../../shared/model/skill.ts';
import { measureSkillHealth } from '../../core/health/check-skill-health.ts';
import { headline } from '../../core/health/words.ts';
import type { Supervisor } from '../../skills/supervisor.ts';
import { SupervisionError } from '../../skills/types.ts';
import type { SkillView } from '../skill-view.ts';

/** What trying a version came to. */
export type TestVerdict =
  | { readonly kind: 'passed' }
  /** It is as it should be and waits for a credential, an environment or a Python: nothing another version would mend. */
  | { readonly kind: 'needs-person'; readonly message: string }
  | { readonly kind: 'failed'; readonly message: string; readonly cause: ProcessCause | null };

export interface TestPorts {
  readonly supervisor: Supervisor;
  readonly view: SkillView;
  /** Masks the secrets of a skill in what it said. */
  mask(skillId: string, text: string): string;
}

/**
 * Starts a skill, waits for its handshake and asks it once. Leaves it running when it passed. A one-shot skill is not
 * run: its run is its work, and nobody has ordered that. Never throws.
 */
export async function testSkill(
  skillId: string,
  { supervisor, view, mask }: TestPorts,
): Promise<TestVerdict> {
  if (view.get(skillId)?.mode === 'one-shot') return { kind: 'passed' };
  try {
    await supervisor.start(skillId);
  } catch (error) {
    if (!(error instanceof SupervisionError)) {
      return { kind: 'failed', message: error instanceof Error ? error.message : String(error), cause: null };
    }
    const { cause, message } = error;
    const waits = cause?.remedy !== undefined && cause.remedy !== 'mend-files';
    return waits ? { kind: 'needs-person', message } : { kind: 'failed', message, cause };
  }
  const { outcome } = await measureSkillHealth(supervisor, skillId, view.settings(skillId).health);
  // Degraded is an answer: it runs, and says itself what it lacks.
  if (outcome.kind === 'healthy' || outcome.kind === 'degraded') return { kind: 'passed' };
  const said = outcome.kind === 'failed' ? outcome.error : outcome.reason;
  return { kind: 'failed', message: `its first check failed: ${headline(mask(skillId, said))}`, cause: null };
}
