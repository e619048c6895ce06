export interface Selectors {
  readonly row: string;
  readonly bar: string;
}

export interface Paints {
  readonly rowMs: number;
  readonly barMs: number;
  readonly loadedMs: number;
}

export function notePaints(selectors: Selectors): void;
export function readPaints(): Paints | null;
export function goTo(hash: string): void;
export function timeTo(target: { readonly hash: string; readonly selector: string }): Promise<number>;
export function scrollToTop(list: unknown): void;
export function watchRow(skillId: string): void;
export function rowChanged(): Promise<number>;
