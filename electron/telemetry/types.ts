import type { SequencedEvent } from '../../shared/contract/index.ts';
import type { Incident } from '../../shared/model/action.ts';
import type { AppConfig } from '../../shared/model/config.ts';
import type { HostNotice, RuntimeStatus } from '../../shared/model/runtime.ts';
import type { Skill } from '../../shared/model/skill.ts';
import type { Clock } from '../core/supervision/clock.ts';

/** What telemetry needs of the host it speaks for. It measures nothing itself: all of this is there already. */
export interface TelemetryPorts {
  readonly clock: Clock;
  readonly version: string;
  /** Tells this host from every other one, and stays the same over restarts: `service.instance.id`. */
  readonly hostId: string;
  readonly hostName: string;
  config(): AppConfig['telemetry'];
  skills(): readonly Skill[];
  /** The incidents that have not ended. */
  incidents(): readonly Incident[];
  status(): Pick<RuntimeStatus, 'eventLoopLagMs' | 'memoryBytes' | 'uptimeMs'>;
  /** Every later batch of the host's events, until the returned function is called. */
  onEvents(listener: (batch: readonly SequencedEvent[]) => void): () => void;
  /** Tells people of the host. */
  say(level: HostNotice['level'], code: string, message: string): void;
  /** A line in the host's log; `error` is null when it is no trouble. */
  report(message: string, error: unknown): void;
}

/** Metrics under way. */
export interface Pipeline {
  /** Closes the endpoint, sends what is left, and lets go of the host's events. */
  stop(): Promise<void>;
}
