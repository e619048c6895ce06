import { create } from 'zustand';
import { feedback } from './feedback.ts';
import { onHostLeft } from './shown-host.ts';
import { carryOut, type OrderOutcome, type SkillCommand, type SkillOrder } from './skill-actions.ts';

/** How one skill of a run stands. `left`: it was not reached before a person stopped the run. */
export type BulkState = 'waiting' | 'running' | 'done' | 'failed' | 'left';
export interface BulkResult {
  readonly skillId: string;
  readonly state: BulkState;
  /** For `failed`: what the host said. */
  readonly problem: string | null;
}

/** One order for many skills, as far as it has come. */
export interface BulkRun {
  readonly command: SkillCommand;
  readonly results: readonly BulkResult[];
  readonly orderFor: (skillId: string) => SkillOrder;
  readonly stopped: boolean;
}

/** Skills asked at the same time: starting a process is work, and the host checks no more than this at once either. */
const AT_ONCE = 4;

const useBulkStore = create<{ readonly run: BulkRun | null }>()(() => ({ run: null }));
// What was not reached yet is left as it is: the rest of an order must not go to another host.
onHostLeft(() => useBulkStore.setState({ run: null }));

export function useBulkRun(): BulkRun | null {
  return useBulkStore((state) => state.run);
}

export function isUnderWay(run: BulkRun): boolean {
  return run.results.some(({ state }) => state === 'running' || (state === 'waiting' && !run.stopped));
}

/** Carries an order out on many skills, a few at a time; how each of them ended is kept until it is put away. */
export function startBulk(
  skillIds: readonly string[],
  orderFor: (skillId: string) => SkillOrder,
): Promise<void> {
  const [first] = skillIds;
  const before = useBulkStore.getState().run;
  if (first === undefined || (before !== null && isUnderWay(before))) return Promise.resolve();
  const { command } = orderFor(first);
  const results = skillIds.map((skillId): BulkResult => ({ skillId, state: 'waiting', problem: null }));
  useBulkStore.setState({ run: { command, results, orderFor, stopped: false } });
  const workers = Array.from({ length: Math.min(AT_ONCE, skillIds.length) }, worker);
  return Promise.all(workers).then(finish);
}

/** What is under way is finished; the rest is left as it is. */
export function stopBulk(): void {
  useBulkStore.setState(({ run }) => ({
    run:
      run === null
        ? null
        : {
            ...run,
            stopped: true,
            results: run.results.map((one) => (one.state === 'waiting' ? { ...one, state: 'left' } : one)),
          },
  }));
}

export function putBulkAway(): void {
  useBulkStore.setState(({ run }) => ({ run: run !== null && isUnderWay(run) ? run : null }));
}

/** The same order once more for those that failed or were left. */
export function retryBulk(): void {
  const { run } = useBulkStore.getState();
  if (run === null) return;
  const again = run.results.filter(({ state }) => state === 'failed' || state === 'left');
  void startBulk(
    again.map(({ skillId }) => skillId),
    run.orderFor,
  );
}

async function worker(): Promise<void> {
  for (;;) {
    const { run } = useBulkStore.getState();
    const next = run?.results.find(({ state }) => state === 'waiting');
    if (run === null || next === undefined) return;
    put({ ...next, state: 'running' });
    put(resultOf(next.skillId, await carryOut(next.skillId, run.orderFor(next.skillId))));
  }
}

function resultOf(skillId: string, outcome: OrderOutcome): BulkResult {
  switch (outcome.kind) {
    case 'done':
      return { skillId, state: 'done', problem: null };
    case 'busy':
      return { skillId, state: 'failed', problem: 'Another order for it is still being carried out.' };
    case 'failed': {
      const { error } = outcome;
      return { skillId, state: 'failed', problem: error instanceof Error ? error.message : String(error) };
    }
  }
}

function put(result: BulkResult): void {
  useBulkStore.setState(({ run }) => ({
    run:
      run === null
        ? null
        : {
            ...run,
            results: run.results.map((one) => (one.skillId === result.skillId ? result : one)),
          },
  }));
}

/** How a run ended, in a word: what a screen shows while there is anything left to see. */
export const bulkWords: Readonly<Record<SkillCommand, { readonly doing: string; readonly done: string }>> = {
  check: { doing: 'Checking', done: 'checked' },
  restart: { doing: 'Restarting', done: 'restarted' },
  start: { doing: 'Starting', done: 'started' },
  stop: { doing: 'Pausing', done: 'paused' },
  quarantine: { doing: 'Quarantining', done: 'quarantined' },
  release: { doing: 'Releasing', done: 'released' },
  disable: { doing: 'Disabling', done: 'disabled' },
  activate: { doing: 'Activating', done: 'activated' },
};

/** When all went well one sentence is enough, with a way back where there is one. */
function finish(): void {
  const { run } = useBulkStore.getState();
  if (run === null || run.results.some(({ state }) => state !== 'done')) return;
  useBulkStore.setState({ run: null });
  const ids = run.results.map(({ skillId }) => skillId);
  const what = `${ids.length} ${ids.length === 1 ? 'skill' : 'skills'} ${bulkWords[run.command].done}`;
  const back = run.command === 'stop' ? 'start' : run.command === 'disable' ? 'activate' : null;
  feedback.done(what, {
    key: 'bulk',
    ...(back === null
      ? {}
      : { action: { label: 'Undo', run: () => void startBulk(ids, () => ({ command: back })) } }),
  });
}
