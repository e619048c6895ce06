import type { RuntimeStatus } from '../../../shared/model/runtime.ts';
import type { World } from './world.ts';

export function runtimeStatusOf(world: World): RuntimeStatus {
  const skills = [...world.skills.values()];
  const count = (kind: string) => skills.filter((skill) => skill.health.status.kind === kind).length;
  return {
    hostKind: 'headless',
    pid: 47_001,
    startedAt: world.startedAt,
    uptimeMs: Date.now() - world.startedAt,
    dataDir: '~/.local/share/skillward',
    folders: world.config.skills.folders,
    skills: {
      total: skills.length,
      running: skills.filter((skill) => skill.process.state === 'running').length,
      healthy: count('healthy'),
      degraded: count('degraded'),
      failing: count('failing'),
      quarantined: count('quarantined'),
      broken: skills.filter((skill) => skill.broken !== undefined).length,
    },
    eventLoopLagMs: { p50: 0.4, p99: 3.1, max: 18 },
    memoryBytes: 77_600_000,
    cpuShare: 0.003,
    storage: { mode: 'disk', bytes: 18_400_000 },
    notices: [],
  };
}
