import type { Action, ActionKind, ActionOrigin, Notice } from '../../shared/model/action.ts';
import type { Storage } from '../storage/storage.ts';
import { withAsker } from './asker.ts';
import type { EventHub } from './event-hub.ts';

export interface ActionLogPorts {
  readonly actions: Storage['actions'];
  readonly noticeLog: Storage['noticeLog'];
  readonly hub: EventHub;
  nowMs(): number;
}

export interface ActionEntry {
  readonly kind: ActionKind;
  readonly skillId: string | null;
  readonly origin: ActionOrigin;
  readonly reason: string;
  /** `done` unless said otherwise. */
  readonly result?: string;
  /** Epoch ms; now unless said otherwise. */
  readonly at?: number;
}

/** Writes down everything that is done, and tells people what they should hear. */
export class ActionLog {
  readonly #ports: ActionLogPorts;

  constructor(ports: ActionLogPorts) {
    this.#ports = ports;
  }

  record(entry: ActionEntry): Action {
    const { actions, hub, nowMs } = this.#ports;
    const reason = entry.origin === 'user' ? withAsker(entry.reason) : entry.reason;
    const action = actions.add({ at: nowMs(), result: 'done', ...entry, reason });
    hub.publish('action.taken', { action });
    return action;
  }

  /** Tells people something: kept for the bell list, shown by whatever host there is. */
  notify(notice: Omit<Notice, 'id' | 'at'>): Notice {
    const { hub, noticeLog, nowMs } = this.#ports;
    const kept = noticeLog.add({ at: nowMs(), ...notice });
    hub.publish('notification', { notice: kept });
    return kept;
  }

  /** Brings a notice up to date: it stays the one it was, as of now. */
  renotify(id: number, notice: Omit<Notice, 'id' | 'at'>): Notice {
    const { hub, noticeLog, nowMs } = this.#ports;
    const kept = noticeLog.update({ id, at: nowMs(), ...notice });
    hub.publish('notification', { notice: kept });
    return kept;
  }
}
