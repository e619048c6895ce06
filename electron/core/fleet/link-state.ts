import type { FleetLink } from '../../../shared/model/fleet.ts';

/** Why a host is not connected, in the order in which more patience helps less. */
export type LinkTrouble = 'waiting' | 'refused' | 'duplicate';

/** A link with what is needed to decide when to try again. Immutable. */
export interface LinkState {
  readonly link: FleetLink;
  /** Attempts since the last connection that failed the same way. */
  readonly failures: number;
}

/**
 * How long until the next attempt, ms. A broker that is away comes back any moment, and all must be in step within
 * seconds of it; one that refuses needs a person first, and an id that is taken needs the other host to go.
 */
const delays: Readonly<Record<LinkTrouble, { readonly firstMs: number; readonly mostMs: number }>> = {
  waiting: { firstMs: 250, mostMs: 2000 },
  refused: { firstMs: 1000, mostMs: 60_000 },
  duplicate: { firstMs: 2000, mostMs: 30_000 },
};
/** On top of the delay, drawn: hosts that lost one broker together do not come back together. */
const JITTER_SHARE = 0.2;

export function linkOff(at: number): LinkState {
  return {
    failures: 0,
    link: {
      state: 'off',
      since: at,
      server: null,
      nextAttemptAt: null,
      problem: null,
      keepsEvents: null,
      published: 0,
      dropped: 0,
    },
  };
}

/** An attempt begins. While a problem is known it goes on being shown: an attempt is no improvement. */
export function connecting(state: LinkState, server: string, at: number): LinkState {
  const troubled = state.link.problem !== null;
  return {
    ...state,
    link: {
      ...state.link,
      state: troubled ? state.link.state : 'connecting',
      since: troubled || state.link.state === 'connecting' ? state.link.since : at,
      server,
      nextAttemptAt: null,
    },
  };
}

export function connected(
  state: LinkState,
  now: {
    readonly server: string;
    readonly at: number;
    readonly keepsEvents: boolean;
    /** What does not work although the host is connected; null: all does. */
    readonly problem: string | null;
  },
): LinkState {
  const { server, at, keepsEvents, problem } = now;
  const since = state.link.state === 'connected' ? state.link.since : at;
  return {
    failures: 0,
    link: { ...state.link, state: 'connected', since, server, nextAttemptAt: null, problem, keepsEvents },
  };
}

/**
 * An attempt failed, or a connection was lost. `random` is uniform in [0, 1). `delayMs` is drawn once, to be waited for
 * and shown.
 */
export function failed(
  state: LinkState,
  trouble: LinkTrouble,
  problem: string,
  at: number,
  random: () => number,
): { readonly state: LinkState; readonly delayMs: number } {
  const same = state.link.state === trouble;
  const failures = same ? state.failures + 1 : 1;
  const { firstMs, mostMs } = delays[trouble];
  const grownMs = Math.min(firstMs * 2 ** Math.min(failures - 1, 20), mostMs);
  const delayMs = Math.round(grownMs * (1 + JITTER_SHARE * random()));
  return {
    delayMs,
    state: {
      failures,
      link: {
        ...state.link,
        state: trouble,
        since: same ? state.link.since : at,
        nextAttemptAt: at + delayMs,
        problem,
        keepsEvents: null,
      },
    },
  };
}

/** The figures of what was handed over and given up, since the host started. */
export function counted(state: LinkState, published: number, dropped: number): LinkState {
  return { ...state, link: { ...state.link, published, dropped } };
}
