/** One line of a traceback that belongs to the skill's own code. */
export interface Frame {
  /** The file's name without its folder (`loader.py`); of a package's `__init__.py` with it. */
  readonly file: string;
  readonly function: string;
}

/** One exception as a text tells of it. */
export interface RaisedError {
  /** The class without its module, in the case it was written; null when the text names none. */
  readonly type: string | null;
  readonly message: string;
  /** In-app frames, innermost first. */
  readonly frames: readonly Frame[];
}

/** What a text says happened. */
export interface ReadText {
  /** The exception that ended it; for an exception group its leaves, for plain text one without type. */
  readonly raised: readonly RaisedError[];
  /** The first exception of a chain, when there was a chain. */
  readonly root: RaisedError | null;
}

/** `pkg.mod.Outer.<locals>.Inner` → `Inner`; a class that is only called error keeps its module: `zlib.error`. */
export function lastName(dotted: string): string {
  const name = dotted.slice(dotted.lastIndexOf('.') + 1);
  return /^error$/i.test(name) ? dotted.split('.').slice(-2).join('.') : name;
}
