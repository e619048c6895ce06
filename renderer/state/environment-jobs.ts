import { create } from 'zustand';
import type { EventPayload, SequencedEvent } from '../../shared/contract/index.ts';
import { call } from '../bridge/call.ts';
import { currentBridge } from '../bridge/current.ts';
import { feedback } from './feedback.ts';
import { onHostLeft } from './shown-host.ts';

type Output = EventPayload<'environment.output'>;

/** A job that makes a skill's environment, as far as this page has heard of it. */
export interface EnvironmentJob {
  readonly jobId: string;
  readonly skillId: string;
  /** The end of what it has printed, at most `MAX_SHOWN` characters. */
  readonly text: string;
  /** Characters printed so far, shown or not: where the next piece has to begin. */
  readonly printed: number;
  /** Null while it runs. */
  readonly end: NonNullable<Output['end']> | null;
  readonly problem: string | null;
}

/** The most output kept in the page, characters. The beginning is dropped first: the end says what went wrong. */
const MAX_SHOWN = 100_000;

interface JobStore {
  readonly bySkill: Readonly<Record<string, EnvironmentJob>>;
}
const useJobs = create<JobStore>()(() => ({ bySkill: {} }));
onHostLeft(() => useJobs.setState({ bySkill: {} }));

/** The latest job of a skill this page knows of, or null. It outlives the tab that started it. */
export function useEnvironmentJob(skillId: string): EnvironmentJob | null {
  return useJobs(({ bySkill }) => (Object.hasOwn(bySkill, skillId) ? (bySkill[skillId] ?? null) : null));
}

/** Jobs after one more piece of output. A piece that was seen already is left out; one after a hole says so. */
export function jobAfter(before: EnvironmentJob | null, piece: Output): EnvironmentJob {
  const job =
    before?.jobId === piece.jobId ? before : { ...piece, text: '', printed: 0, end: null, problem: null };
  const fresh = piece.text.slice(Math.max(0, job.printed - piece.offset));
  const hole = piece.offset > job.printed ? '\n… (some output was missed)\n' : '';
  return {
    jobId: piece.jobId,
    skillId: piece.skillId,
    text: `${job.text}${hole}${fresh}`.slice(-MAX_SHOWN),
    printed: Math.max(job.printed, piece.offset + piece.text.length),
    end: piece.end ?? job.end,
    problem: piece.problem ?? job.problem,
  };
}

function take(batch: readonly SequencedEvent[]): void {
  for (const { event, payload } of batch) {
    if (event !== 'environment.output') continue;
    useJobs.setState(({ bySkill }) => ({
      bySkill: { ...bySkill, [payload.skillId]: jobAfter(bySkill[payload.skillId] ?? null, payload) },
    }));
  }
}

/** Listens from the first moment, so that nothing printed before a tab is opened is missed. Returns the end of it. */
export function followEnvironmentJobs(): () => void {
  return currentBridge().onEvents(take);
}

/** Makes the environment; what it prints comes in by itself. */
export async function createEnvironment(skillId: string): Promise<void> {
  try {
    const { jobId } = await call('environment.create', { skillId });
    useJobs.setState(({ bySkill }) => {
      // Its first output may have come before this answer.
      if (bySkill[skillId]?.jobId === jobId) return { bySkill };
      const job = { jobId, skillId, text: '', printed: 0, end: null, problem: null };
      return { bySkill: { ...bySkill, [skillId]: job } };
    });
  } catch (error) {
    feedback.error(`The environment of ${skillId} could not be created`, error, {
      key: `environment:${skillId}`,
    });
  }
}

export async function cancelEnvironment({ jobId, skillId }: EnvironmentJob): Promise<void> {
  try {
    await call('environment.cancel', { jobId });
  } catch (error) {
    feedback.error(`The job of ${skillId} could not be cancelled`, error, { key: `environment:${skillId}` });
  }
}
