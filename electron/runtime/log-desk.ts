import type { LogLevel, LogLine } from '../../shared/model/log.ts';
import { redactSecrets } from '../core/redaction/redact.ts';
import type { Clock, Timer } from '../core/supervision/clock.ts';
import type { SkillLogLine } from '../skills/types.ts';
import type { Storage } from '../storage/storage.ts';
import type { EventHub } from './event-hub.ts';

/** Lines of one skill in one event; more wait for the next, so that a chatty skill cannot make one giant event. */
const LINES_PER_EVENT = 100;
const RELAY_GAP_MS = 100;
/** The longest line kept, in characters. */
const MAX_LINE_CHARS = 4096;

export interface LogDeskPorts {
  readonly clock: Clock;
  readonly logs: Storage['logs'];
  readonly hub: EventHub;
  /** Values that must never be shown: the credentials handed to skills. */
  secrets(skillId: string): readonly string[];
}

/** Masks, levels and stores the lines skills write, and relays them to whoever is watching. */
export class LogDesk {
  readonly #ports: LogDeskPorts;
  readonly #relay = new Map<string, LogLine[]>();
  #timer: Timer | null = null;

  constructor(ports: LogDeskPorts) {
    this.#ports = ports;
  }

  write(line: SkillLogLine): void {
    const secrets = this.#ports.secrets(line.skillId);
    // Masked before it is cut, or half a secret could be left at the end.
    const text = redactSecrets(line.text.slice(0, 2 * MAX_LINE_CHARS), secrets).slice(0, MAX_LINE_CHARS);
    const stored = this.#ports.logs.append({ ...line, text, level: levelOf(text, line.stream) });
    if (!this.#ports.hub.hasListeners) return;
    const waiting = this.#relay.get(line.skillId) ?? [];
    if (waiting.length < LINES_PER_EVENT) waiting.push(stored);
    this.#relay.set(line.skillId, waiting);
    this.#timer ??= this.#ports.clock.after(RELAY_GAP_MS, () => this.#send());
  }

  #send(): void {
    this.#timer = null;
    for (const [skillId, lines] of this.#relay) this.#ports.hub.publish('log.appended', { skillId, lines });
    this.#relay.clear();
  }
}

const levels: readonly (readonly [RegExp, LogLevel])[] = [
  [/\b(critical|fatal|error|exception|traceback)\b/i, 'error'],
  [/^\s*File ".*", line \d+/, 'error'],
  [/\b(warning|warn)\b/i, 'warning'],
  [/\bdebug\b/i, 'debug'],
];

/** A guess by the words Python's logging uses, looking only at the start of the line, where a level stands. */
export function levelOf(text: string, stream: SkillLogLine['stream']): LogLevel {
  const head = text.slice(0, 120);
  for (const [pattern, level] of levels) if (pattern.test(head)) return level;
  return /^[A-Za-z_.]*(Error|Exception|Interrupt|Exit)\b/.test(head) && stream === 'stderr'
    ? 'error'
    : 'info';
}
