import type { AppConfig } from '../../shared/model/config.ts';
import type { HealthAction } from '../../shared/model/health.ts';
import type { ActionLog } from './action-log.ts';

type NotifyUser = Extract<HealthAction, { kind: 'notifyUser' }>;

export interface NotificationPolicyPorts {
  readonly actions: ActionLog;
  config(): AppConfig['notifications'];
  skillName(skillId: string): string;
  /** What fixed the present error of a skill before, in one line; null when nothing is known. */
  knownFix(skillId: string): string | null;
}

const titles: Record<NotifyUser['topic'], (name: string) => string> = {
  degraded: (name) => `${name} is degraded`,
  failing: (name) => `${name} is failing`,
  quarantined: (name) => `${name} is in quarantine`,
  recovered: (name) => `${name} is well again`,
  configuration: (name) => `${name} cannot start`,
};

/** Decides which of the monitor's words reach a person, by their settings. What is not told is still an action on record. */
export class NotificationPolicy {
  readonly #ports: NotificationPolicyPorts;

  constructor(ports: NotificationPolicyPorts) {
    this.#ports = ports;
  }

  tell(action: NotifyUser): void {
    if (!this.#wanted(action.topic)) return;
    const title = titles[action.topic](this.#ports.skillName(action.skillId));
    const fix = action.topic === 'recovered' ? null : this.#ports.knownFix(action.skillId);
    const body = fix === null ? action.message : `${action.message} Known fix: “${fix}”`;
    this.#ports.actions.notify({ level: action.level, title, body, skillId: action.skillId });
  }

  #wanted(topic: NotifyUser['topic']): boolean {
    const config = this.#ports.config();
    if (!config.enabled) return false;
    switch (topic) {
      case 'degraded':
        return config.onDegraded;
      case 'failing':
        return config.onFailing;
      case 'quarantined':
        return config.onQuarantined;
      case 'recovered':
        return config.onRecovered;
      case 'configuration':
        return true;
    }
  }
}
