import type { AppConfig } from '../../shared/model/config.ts';
import type { Skill } from '../../shared/model/skill.ts';
import { resolveSkillConfig } from '../core/health/config.ts';
import type { HealthMonitor } from '../core/health/monitor.ts';
import type { Clock } from '../core/supervision/clock.ts';
import type { Catalog, CatalogSkill } from '../skills/catalog.ts';
import type { Supervisor } from '../skills/supervisor.ts';
import type { CredentialDesk } from './credential-desk.ts';
import type { PackageBook } from './packages/package-book.ts';
import type { SkillBook } from './skill-book.ts';

export interface SkillViewPorts {
  readonly clock: Clock;
  readonly catalog: Catalog;
  readonly book: SkillBook;
  readonly monitor: HealthMonitor;
  readonly supervisor: Supervisor;
  readonly credentials: Pick<CredentialDesk, 'missing'>;
  readonly packages: Pick<PackageBook, 'summary'>;
  config(): AppConfig;
  /** Epoch ms of the next planned check, or null. */
  nextCheckAt(skillId: string): number | null;
}

/** Joins the three columns into what a screen shows, without mixing them. */
export class SkillView {
  readonly #ports: SkillViewPorts;

  constructor(ports: SkillViewPorts) {
    this.#ports = ports;
  }

  all(): Skill[] {
    return this.#ports.catalog.list().map((skill) => this.#join(skill));
  }

  get(skillId: string): Skill | undefined {
    const skill = this.#ports.catalog.get(skillId);
    return skill === undefined ? undefined : this.#join(skill);
  }

  /** App settings, then the manifest, then the settings of this skill. */
  settings(skillId: string): Skill['config'] {
    const config = this.#ports.config();
    const manifest = this.#ports.catalog.get(skillId)?.override;
    return resolveSkillConfig(config, manifest, config.overrides[skillId]);
  }

  #join(skill: CatalogSkill): Skill {
    const { book, catalog, clock, credentials, monitor, packages, supervisor, nextCheckAt } = this.#ports;
    const credentialsMissing = credentials.missing(skill);
    const installed = packages.summary(skill.id);
    const entry = book.get(skill.id);
    const present = supervisor.process(skill.id);
    const process = { ...present, cause: present.cause ?? entry.cause };
    return {
      id: skill.id,
      name: skill.name,
      version: skill.version,
      description: skill.description,
      folder: skill.folder,
      lifecycle: entry.lifecycle,
      paused: entry.paused,
      trialChecksLeft: monitor.trialChecksLeft(skill.id),
      process: skill.broken === null ? process : { ...process, state: 'failed' },
      health: book.record(skill.id),
      healthSince: entry.healthSince,
      failuresInWindow: monitor.failuresInWindow(skill.id, clock.monotonicMs()),
      lastLatencyMs: entry.lastLatencyMs,
      nextCheckAt: nextCheckAt(skill.id),
      protocol: supervisor.protocol(skill.id) ?? skill.protocol,
      mode: skill.mode,
      config: this.settings(skill.id),
      ...(skill.broken === null ? {} : { broken: skill.broken }),
      ...(credentialsMissing.length === 0 ? {} : { credentialsMissing }),
      ...(installed === undefined ? {} : { installed }),
      ...(catalog.isWaiting(skill.id) ? { filesChanged: true } : {}),
    };
  }
}
