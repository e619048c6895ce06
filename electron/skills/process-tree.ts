/** The environment variable every process of a run inherits. */
export const runIdVariable = 'SKILLWARD_RUN_ID';

/** `gone`: nobody was there to get it. `denied` is no proof of death: keep waiting and escalating. */
export type SignalOutcome = 'sent' | 'gone' | 'denied';

/** What the operating system knows about processes. A zombie counts as dead everywhere. */
export interface ProcessTree {
  /** What tells this process from a later one with the same pid; null when it is gone or cannot be known. */
  identity(pid: number): Promise<string | null>;
  isAlive(pid: number): Promise<boolean>;
  /** Whether anybody of the group that `leaderPid` led still lives. */
  isGroupAlive(leaderPid: number): Promise<boolean>;
  /** The living processes of every run by run id, however far they moved from their group. The host itself is left out. */
  carriers(): Promise<ReadonlyMap<string, readonly number[]>>;
  /** The same without waiting, for the last moment of the host; empty where that cannot be done. */
  carriersNow(): ReadonlyMap<string, readonly number[]>;
  /** The host has started this process to lead a run. It is counted as that run's until it is reaped, without a look at it. */
  leaderStarted(pid: number, runId: string): void;
  /** Its end was seen: from here on the pid may be a stranger's. */
  leaderReaped(pid: number): void;
  /**
   * Signals the group a process leads. `leaderReaped`: the leader's end was seen, so whoever has its pid now is a
   * stranger and the group is gone.
   */
  signalGroup(leaderPid: number, signal: NodeJS.Signals, leaderReaped: boolean): SignalOutcome;
  signal(pid: number, signal: NodeJS.Signals): SignalOutcome;
  /** Resident memory of these processes together, bytes; null where it cannot be read. */
  residentBytes(pids: readonly number[]): Promise<number | null>;
}
