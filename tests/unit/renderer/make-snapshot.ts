import type { CommandAnswer } from '../../../shared/contract/index.ts';
import { appConfigSchema } from '../../../shared/model/config.ts';

/** A snapshot of a host that has nothing, but for what a test says. */
export function snapshotWith(
  over: Partial<CommandAnswer<'state.snapshot'>>,
): CommandAnswer<'state.snapshot'> {
  return {
    seq: 0,
    skills: [],
    tasks: [],
    incidents: [],
    notices: [],
    settings: appConfigSchema.parse({}),
    host: {
      hostKind: 'headless',
      pid: 1,
      startedAt: 0,
      uptimeMs: 0,
      dataDir: 'data',
      folders: [],
      skills: { total: 1, running: 1, healthy: 1, degraded: 0, failing: 0, quarantined: 0, broken: 0 },
      eventLoopLagMs: { p50: 0, p99: 0, max: 0 },
      memoryBytes: 0,
      cpuShare: 0,
      storage: { mode: 'disk', bytes: 0 },
      notices: [],
    },
    ...over,
  };
}
