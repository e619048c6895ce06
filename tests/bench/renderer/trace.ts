import type { Page } from 'playwright';

/** What kept the page's main thread busy: one entry per task, in ms. */
export interface Task {
  /** From its beginning to its end: what a person waits. */
  readonly wallMs: number;
  /** What it had of a core: the same on a busy machine. */
  readonly cpuMs: number;
}

interface TraceEvent {
  readonly ph: string;
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/** Traces the page while `work` goes on and gives every task of its main thread. */
export async function tasksDuring(page: Page, work: () => Promise<void>): Promise<Task[]> {
  const session = await page.context().newCDPSession(page);
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => {
    // One by one: a long trace has more events than a call may have arguments.
    for (const event of value as unknown as TraceEvent[]) events.push(event);
  });
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['toplevel', 'devtools.timeline'], excludedCategories: ['*'] },
  });
  await work();
  const done = new Promise<void>((resolve) => session.once('Tracing.tracingComplete', () => resolve()));
  await session.send('Tracing.end');
  await done;
  const pid = processOf(events);
  const main = events.find(
    (event) => event.name === 'thread_name' && event.args?.name === 'CrRendererMain' && event.pid === pid,
  );
  await session.detach();
  if (main === undefined) throw new Error('the trace names no main thread of the page');
  return events
    .filter((event) => event.ph === 'X' && event.tid === main.tid && event.pid === main.pid)
    .filter(({ name }) => name === 'RunTask' || name === 'ThreadControllerImpl::RunTask')
    .map(({ dur = 0, tdur = 0 }) => ({ wallMs: dur / 1000, cpuMs: tdur / 1000 }));
}

/** The process with most of the page's work: only one page is open, and the others are the browser's own. */
function processOf(events: readonly TraceEvent[]): number {
  const renderers = new Set(
    events.flatMap((event) =>
      event.name === 'thread_name' && event.args?.name === 'CrRendererMain' ? [event.pid] : [],
    ),
  );
  const busy = new Map<number, number>();
  for (const { pid, dur = 0 } of events) if (renderers.has(pid)) busy.set(pid, (busy.get(pid) ?? 0) + dur);
  const [first] = [...busy].sort(([, a], [, b]) => b - a);
  if (first === undefined) throw new Error('the trace has no page in it');
  return first[0];
}
