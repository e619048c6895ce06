import { createHash, randomUUID } from 'node:crypto';
import { type CommandAnswer, CommandError } from '../../shared/contract/index.ts';
import type { AdviceDone, AdviceMessage, AdviceOrigin } from '../../shared/model/advice.ts';
import type { AppConfig } from '../../shared/model/config.ts';
import type { Clock, Timer } from '../core/supervision/clock.ts';
import type { EventHub } from './event-hub.ts';
import { AdviceError, type AdviceProvider } from './repair-advice-provider.ts';

/** How long the endpoint may say nothing, before the first word and between two, ms. */
const SILENCE_MS = 60_000;
/** The longest answer, in characters. */
const MAX_ANSWER = 32_768;
const MAX_AT_ONCE = 2;
/** Pieces of an answer leave together, ms: models send single syllables. */
const CHUNK_GAP_MS = 100;
const CONTROL = /(?![\n\t])\p{Cc}/gu;

/** Where the key of an endpoint is kept by this kind of host. `read` is null where there is none. */
export interface AdviceKeys {
  read(): Promise<string | null>;
  /** Throws `CommandError` `unavailable` where this host keeps no keys. Null forgets it. */
  write(key: string | null): Promise<void>;
}

export interface RepairAdvicePorts {
  readonly clock: Clock;
  readonly hub: EventHub;
  readonly provider: AdviceProvider;
  readonly keys: AdviceKeys;
  /** Of the environment; it comes before a kept one. */
  readonly keyInEnv: string | null;
  /** By default a minute of silence ends a request, ms. */
  readonly silenceMs?: number;
  config(): AppConfig['advice'];
  /** Everything that is sent for this error. Throws `CommandError` `not_found`. */
  messages(skillId: string, error: string): Promise<AdviceMessage[]>;
  /** The person agreed: kept in the settings. */
  consent(): Promise<unknown>;
  report(message: string, error: unknown): void;
}

interface Running {
  readonly adviceId: string;
  readonly stop: AbortController;
  text: string;
  sent: number;
  chunkTimer: Timer | null;
}

type Preview = CommandAnswer<'fix.advice.preview'>;

/**
 * Repair suggestions by a language model: off by default, nothing sent before a person has seen it and agreed, answers
 * only ever shown. The rules are those of DESIGN.md section 9.
 */
export class RepairAdvice {
  readonly #ports: RepairAdvicePorts;
  readonly #running = new Map<string, Running>();

  constructor(ports: RepairAdvicePorts) {
    this.#ports = ports;
  }

  /** What a request for this error would send, and to whom. Sends nothing. Throws `CommandError` while it is off. */
  async preview(skillId: string, error: string): Promise<Preview> {
    const { baseUrl, consentedPreview, enabled, model } = this.#ports.config();
    if (!enabled)
      throw new CommandError(
        'not_allowed',
        'Repair suggestions are off. Turn them on in the settings first.',
      );
    if (model === '')
      throw new CommandError(
        'unavailable',
        'No model is set. Name one in the settings, as the endpoint calls it.',
      );
    const origin: AdviceOrigin = { endpoint: new URL(baseUrl).host, model };
    const messages = await this.#ports.messages(skillId, error);
    return { origin, messages, digest: digestOf(baseUrl, model, messages), consented: consentedPreview };
  }

  /**
   * Asks. The first time a person must have seen what goes out: `digest` is that of the preview, and `consent` given.
   * Throws `CommandError`; then nothing was sent.
   */
  async request(asked: {
    readonly skillId: string;
    readonly error: string;
    readonly digest?: string | undefined;
    readonly consent?: true | undefined;
  }): Promise<CommandAnswer<'fix.advice.request'>> {
    const { origin, messages, digest, consented } = await this.preview(asked.skillId, asked.error);
    if (asked.digest !== undefined && asked.digest !== digest) {
      throw new CommandError(
        'conflict',
        'What would be sent has changed since you looked at it. Look again.',
      );
    }
    if (!consented) {
      if (asked.digest === undefined || asked.consent !== true) {
        throw new CommandError(
          'not_allowed',
          'Look at what will be sent first (fix.advice.preview), then agree.',
        );
      }
    }
    if (this.#running.size >= MAX_AT_ONCE)
      throw new CommandError('conflict', 'Two requests for advice are under way. Wait, or cancel one.');
    const { baseUrl, model } = this.#ports.config();
    const running: Running = {
      ...{ adviceId: randomUUID(), stop: new AbortController() },
      ...{ text: '', sent: 0, chunkTimer: null },
    };
    this.#running.set(running.adviceId, running);
    if (!consented) await this.#ports.consent();
    void this.#run(running, baseUrl, model, messages);
    return { adviceId: running.adviceId, origin };
  }

  /** False when it was over already. */
  cancel(adviceId: string): boolean {
    const running = this.#running.get(adviceId);
    running?.stop.abort('cancelled');
    return running !== undefined;
  }

  /** Ends everything under way: the host is closing. */
  stop(): void {
    for (const { stop } of this.#running.values()) stop.abort('cancelled');
  }

  /** Keeps the key of the endpoint where this host keeps keys. It cannot be read back. Throws `CommandError`. */
  setKey(key: string | null): Promise<void> {
    return this.#ports.keys.write(key);
  }

  async #run(
    running: Running,
    baseUrl: string,
    model: string,
    messages: readonly AdviceMessage[],
  ): Promise<void> {
    const { clock, keyInEnv, keys, provider, silenceMs = SILENCE_MS } = this.#ports;
    const { signal } = running.stop;
    const expect = () => clock.after(silenceMs, () => running.stop.abort('slow'));
    let silence = expect();
    let problem: AdviceError | null = null;
    try {
      const request = { baseUrl, model, key: keyInEnv ?? (await keys.read()), messages };
      for await (const piece of provider.ask(request, signal)) {
        silence.cancel();
        silence = expect();
        if (signal.aborted) break;
        running.text += piece.replace(CONTROL, '');
        if (running.text.length > MAX_ANSWER) {
          running.text = running.text.slice(0, MAX_ANSWER);
          running.stop.abort('too_long');
          break;
        }
        running.chunkTimer ??= clock.after(CHUNK_GAP_MS, () => this.#sendChunk(running));
      }
    } catch (error) {
      if (error instanceof AdviceError) problem = error;
      else {
        this.#ports.report('asking for advice', error);
        problem = new AdviceError('garbage', 'The answer could not be read.');
      }
    }
    silence.cancel();
    this.#finish(running, problem ?? stoppedWhy(signal, silenceMs));
  }

  #sendChunk(running: Running): void {
    running.chunkTimer?.cancel();
    running.chunkTimer = null;
    const { adviceId, sent, text } = running;
    if (sent === text.length) return;
    this.#ports.hub.publish('advice.chunk', { adviceId, offset: sent, text: text.slice(sent) });
    running.sent = text.length;
  }

  #finish(running: Running, problem: AdviceError | null): void {
    this.#sendChunk(running);
    this.#running.delete(running.adviceId);
    const cancelled = running.stop.signal.aborted && running.stop.signal.reason === 'cancelled';
    const done: AdviceDone = {
      adviceId: running.adviceId,
      end: cancelled ? 'cancelled' : problem === null ? 'complete' : 'failed',
      text: running.text,
      problem: problem === null || cancelled ? null : { code: problem.code, message: problem.message },
    };
    this.#ports.hub.publish('advice.done', done);
  }
}

/** Why it was broken off from here; null when it was not, or a person did it. */
function stoppedWhy(signal: AbortSignal, silenceMs: number): AdviceError | null {
  if (!signal.aborted) return null;
  if (signal.reason === 'slow') {
    const secs = Math.round(silenceMs / 1000);
    return new AdviceError(
      'slow',
      `The endpoint said nothing for ${secs} s. A local model may still be loading.`,
    );
  }
  if (signal.reason === 'too_long')
    return new AdviceError('too_long', 'The answer did not come to an end and was cut.');
  return null;
}

function digestOf(baseUrl: string, model: string, messages: readonly AdviceMessage[]): string {
  return createHash('sha256')
    .update(JSON.stringify([baseUrl, model, messages]))
    .digest('hex');
}
