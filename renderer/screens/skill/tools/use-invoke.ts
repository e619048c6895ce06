import { type UseMutationResult, useMutation } from '@tanstack/react-query';
import { call } from '../../../bridge/call.ts';

export interface Invocation {
  readonly method: string;
  readonly params?: Record<string, unknown>;
  /** How long an answer is waited for, s: 1 to 3600. */
  readonly withinSecs: number;
}

export interface Answered {
  readonly result: unknown;
  /** Between asking and the answer as this page saw it, ms. */
  readonly tookMs: number;
}

/** Asks a skill to do something. Nothing is repeated by itself: a call may have an effect. */
export function useInvoke(skillId: string): UseMutationResult<Answered, Error, Invocation> {
  return useMutation({
    mutationFn: async ({ method, params, withinSecs }: Invocation) => {
      const begun = performance.now();
      const { result } = await call('skill.invoke', {
        skillId,
        method,
        ...(params === undefined ? {} : { params }),
        timeoutMs: withinSecs * 1000,
      });
      return { result, tookMs: performance.now() - begun };
    },
  });
}
