/** What is to be looked at, and how far one may go. */
export interface Examination {
  readonly dataDir: string;
  readonly socketPath: string;
  /** Epoch ms. */
  readonly nowMs: number;
  /** Mends what can be mended without losing anything; otherwise nothing is changed. */
  readonly repair: boolean;
}

/** One thing an examination of a data folder found. `repaired`: it was wrong and is not any more. */
export interface Finding {
  readonly what: string;
  readonly level: 'ok' | 'warning' | 'error' | 'repaired';
  readonly message: string;
}
