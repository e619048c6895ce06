import type { EventEmitter } from 'node:events';

type Callable = (...args: never[]) => unknown;

/** What of a value can be compared without having all of Electron: plain data as it is, Electron's own objects as objects. */
// biome-ignore lint/suspicious/noConfusingVoidType: what many of Electron's methods return
type Loose<T> = T extends string | number | boolean | bigint | undefined | null | void
  ? T
  : T extends Promise<infer Inner>
    ? Promise<Loose<Inner>>
    : T extends readonly unknown[]
      ? readonly object[] | readonly string[]
      : object;

type Member<Mine, Theirs> = Mine extends Callable
  ? Theirs extends Callable
    ? Mine extends (...args: Parameters<Theirs>) => unknown
      ? ReturnType<Mine> extends Loose<ReturnType<Theirs>>
        ? true
        : 'returns something else than in Electron'
      : 'does not take what Electron takes'
    : // Where Electron says no more than Function there is nothing to compare.
      Theirs extends CallableFunction
      ? true
      : 'is no function in Electron'
  : Mine extends Loose<Theirs>
    ? true
    : 'is something else in Electron';

type Own<Mine> = Exclude<keyof Mine & string, keyof EventEmitter | keyof typeof EventEmitter>;

/**
 * What does not fit between a double and Electron's own type: members Electron does not have, parameters it would take
 * and the double would not, answers of another kind. `never` means the double has not drifted.
 */
export type Drift<Mine, Theirs> = {
  [Key in Own<Mine>]: Key extends keyof Theirs
    ? Member<Mine[Key], Theirs[Key]> extends true
      ? never
      : [Key, Member<Mine[Key], Theirs[Key]>]
    : [Key, 'is not in Electron'];
}[Own<Mine>];

/** Compiles only for a `Drift` of `never`. */
export type MustFit<Difference extends never> = Difference;
