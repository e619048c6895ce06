import type { RuntimeStatus } from '../../shared/model/runtime.ts';
import type { Skill } from '../../shared/model/skill.ts';
import type { Clock } from '../core/supervision/clock.ts';
import type { Storage } from '../storage/storage.ts';
import type { HostMeter } from './host-meter.ts';
import type { NoticeBoard } from './notice-board.ts';
import type { SkillView } from './skill-view.ts';

export interface HostStatusPorts {
  readonly clock: Clock;
  readonly view: SkillView;
  readonly meter: HostMeter;
  readonly storage: Storage;
  readonly notices: NoticeBoard;
  readonly hostKind: RuntimeStatus['hostKind'];
  readonly dataDir: string;
  folders(): string[];
}

/** How the host itself is. */
export class HostStatus {
  readonly #ports: HostStatusPorts;
  readonly #startedAt: number;
  readonly #startedMs: number;

  constructor(ports: HostStatusPorts) {
    this.#ports = ports;
    this.#startedAt = ports.clock.nowMs();
    this.#startedMs = ports.clock.monotonicMs();
  }

  now(): RuntimeStatus {
    const { clock, dataDir, folders, hostKind, meter, notices, storage, view } = this.#ports;
    return {
      hostKind,
      pid: process.pid,
      startedAt: this.#startedAt,
      uptimeMs: clock.monotonicMs() - this.#startedMs,
      dataDir,
      folders: folders(),
      skills: countSkills(view.all()),
      eventLoopLagMs: meter.lag(),
      memoryBytes: process.memoryUsage.rss(),
      cpuShare: meter.cpuShare(),
      storage: { mode: storage.mode, bytes: storage.sizeBytes() },
      notices: notices.list(),
    };
  }
}

/** Skills by what people decided, what runs, and what the checks say: three columns, so the numbers need not add up. */
export function countSkills(skills: readonly Skill[]): RuntimeStatus['skills'] {
  const count = (test: (skill: Skill) => boolean) => skills.filter(test).length;
  return {
    total: skills.length,
    running: count((skill) => skill.process.state === 'running'),
    healthy: count((skill) => skill.health.status.kind === 'healthy'),
    degraded: count((skill) => skill.health.status.kind === 'degraded'),
    failing: count((skill) => skill.health.status.kind === 'failing'),
    quarantined: count((skill) => skill.lifecycle === 'quarantined'),
    broken: count((skill) => skill.broken !== undefined),
  };
}
