import type { HealthStatus } from '../../shared/model/health.ts';
import type { LifecycleStatus, Skill } from '../../shared/model/skill.ts';
import type { SkillFold } from './skill-fold.ts';

const statusKinds = [
  'unknown',
  'healthy',
  'degraded',
  'failing',
  'quarantined',
] as const satisfies readonly HealthStatus['kind'][];
const lifecycles = [
  'pending',
  'testing',
  'active',
  'disabled',
  'quarantined',
] as const satisfies readonly LifecycleStatus[];

/** Of one skill, or of all that are counted together. */
export interface SkillFigures {
  /** How many are in each health status; all of them are told, also those with none. */
  readonly statuses: ReadonlyMap<HealthStatus['kind'], number>;
  readonly running: number;
  /** Null while it is known of none. */
  readonly memoryBytes: number | null;
}

/** The skills in numbers, by the label they are told under. */
export function skillFigures(
  skills: readonly Skill[],
  fold: SkillFold,
): {
  readonly bySkill: ReadonlyMap<string, SkillFigures>;
  readonly lifecycles: ReadonlyMap<LifecycleStatus, number>;
} {
  const bySkill = new Map<string, SkillFigures>();
  const byLifecycle = new Map<LifecycleStatus, number>(lifecycles.map((lifecycle) => [lifecycle, 0]));
  for (const { health, id, lifecycle, process } of skills) {
    const label = fold.labelOf(id);
    const sum = bySkill.get(label);
    const statuses = new Map(sum?.statuses ?? statusKinds.map((kind) => [kind, 0] as const));
    statuses.set(health.status.kind, (statuses.get(health.status.kind) ?? 0) + 1);
    bySkill.set(label, {
      statuses,
      running: (sum?.running ?? 0) + (process.state === 'running' ? 1 : 0),
      memoryBytes: plus(sum?.memoryBytes ?? null, process.memoryBytes),
    });
    byLifecycle.set(lifecycle, (byLifecycle.get(lifecycle) ?? 0) + 1);
  }
  return { bySkill, lifecycles: byLifecycle };
}

function plus(a: number | null, b: number | null): number | null {
  return a === null && b === null ? null : (a ?? 0) + (b ?? 0);
}
