import type { HealthAnswer } from '../core/health/answer.ts';

/** A health answer with the secrets masked in what the skill said of itself. */
export function maskAnswer(answer: HealthAnswer, mask: (text: string) => string): HealthAnswer {
  switch (answer.kind) {
    case 'answered':
      return answer.detail === null ? answer : { ...answer, detail: mask(answer.detail) };
    case 'error':
    case 'malformed':
    case 'run-failed':
      return { ...answer, message: mask(answer.message) };
    case 'timeout':
    case 'gone':
      return answer;
  }
}
