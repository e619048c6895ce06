import type { HealthAnswer } from '../core/health/answer.ts';
import { pollutionWords } from '../core/supervision/diagnosis.ts';
import { type NoiseCounter, pollutionLimitPerMinute } from './noise.ts';
import type { Run } from './run.ts';

/** Asks one skill for its health, one question at a time, and remembers how it last answered. */
export class HealthQuestion {
  readonly #noise: NoiseCounter;
  #open: Promise<HealthAnswer> | null = null;
  #last: HealthAnswer | null = null;

  constructor(noise: NoiseCounter) {
    this.#noise = noise;
  }

  /** The last answer was none: a process like that is not asked to end either. */
  get hangs(): boolean {
    return this.#last?.kind === 'timeout' || (this.#last?.kind === 'gone' && this.#last.cause === 'hang');
  }

  forget(): void {
    this.#last = null;
  }

  /**
   * Who asks while a question is open gets its answer.
   * @param onFailure called when a run that is still the present one did not answer as it should
   */
  ask(run: Run, timeoutMs: number, onFailure: () => void): Promise<HealthAnswer> {
    this.#open ??= run.session.health(timeoutMs).then((answer) => {
      this.#open = null;
      if (run.end !== null) return answer;
      this.#last = answer;
      if (answer.kind !== 'answered') onFailure();
      return this.#judgePollution(answer);
    });
    return this.#open;
  }

  /** A skill that says it is well while it floods its protocol channel is not quite well (DESIGN.md section 5). */
  #judgePollution(answer: HealthAnswer): HealthAnswer {
    const lines = this.#noise.linesLastMinute();
    if (answer.kind !== 'answered' || !answer.healthy || lines <= pollutionLimitPerMinute) return answer;
    return { ...answer, healthy: false, detail: pollutionWords(lines) };
  }
}
