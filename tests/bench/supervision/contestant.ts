/** A supervisor that is up and supervises nothing yet. */
export interface RunningContestant {
  /** The process that supervises; its memory and CPU time are looked at. */
  readonly pid: number;
  /** Gives the order to start all children, the way a person would: with one command. Resolves when it was given. */
  startAll(): void;
  /** Ends the supervisor and everything it has started. */
  close(): Promise<void>;
}

export interface Contestant {
  readonly name: string;
  /** More children than this it is not given; without it, any number. */
  readonly mostChildren?: number;
  /** Of its children so many are killed one by one; without it, as many as of the others. */
  readonly mostKills?: number;
  /** Starts the supervisor in `folder`, set up for `count` children that announce themselves at `port`. */
  open(folder: string, count: number, port: number): Promise<RunningContestant>;
}

export function childNames(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `child-${index}`);
}
