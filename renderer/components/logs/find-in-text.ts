/** A stretch of a text, in characters. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** More finds in one line than this are not marked one by one. */
const MAX_FINDS = 100;

/** Finds words in texts, case ignored; null for a pattern that is none, and for nothing to look for. */
export function finderOf(find: string, regex: boolean): ((text: string) => readonly Stretch[]) | null {
  if (find === '') return null;
  let pattern: RegExp;
  try {
    pattern = new RegExp(regex ? find : find.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'), 'gi');
  } catch {
    return null;
  }
  return (text) => {
    const found: Stretch[] = [];
    for (const match of text.matchAll(pattern)) {
      if (match[0] !== '') found.push({ from: match.index, to: match.index + match[0].length });
      if (found.length >= MAX_FINDS) break;
    }
    return found;
  };
}

/** A part of a text cut where finds begin and end. */
export interface Cut<Part> {
  readonly part: Part;
  readonly text: string;
  /** Where it begins in the whole text. */
  readonly at: number;
  readonly found: boolean;
}

/** Parts in a row, cut at the finds of their whole text, so that each piece is inside a find or outside of all. */
export function cutAtFinds<Part extends { readonly text: string }>(
  parts: readonly Part[],
  finds: readonly Stretch[],
): readonly Cut<Part>[] {
  const cuts: Cut<Part>[] = [];
  let offset = 0;
  for (const part of parts) {
    const edges = [0, part.text.length];
    for (const { from, to } of finds) edges.push(from - offset, to - offset);
    const inside = [...new Set(edges)]
      .filter((edge) => edge >= 0 && edge <= part.text.length)
      .sort((a, b) => a - b);
    for (const [index, from] of inside.entries()) {
      const to = inside[index + 1];
      if (to === undefined) continue;
      const start = offset + from;
      const found = finds.some((find) => find.from <= start && start < find.to);
      cuts.push({ part, text: part.text.slice(from, to), at: start, found });
    }
    offset += part.text.length;
  }
  return cuts;
}
