import Anser from 'anser';

/** A piece of a log line in one style. `color` is one of the sixteen terminal colours, by name. */
export interface AnsiPart {
  readonly text: string;
  readonly color: string | null;
  readonly bold: boolean;
  readonly dim: boolean;
  readonly italic: boolean;
  readonly underline: boolean;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/**
 * A line with terminal colours as parts to be drawn as spans: no markup is ever made of what a skill writes. Control
 * characters that are no colours (cursor, bell, direction overrides) become a visible mark, so that a line cannot
 * rearrange the page or hide what it says.
 */
export function ansiParts(line: string): readonly AnsiPart[] {
  return Anser.ansiToJson(line, { use_classes: true, remove_empty: true }).map((part) => ({
    text: part.content.replace(CONTROLS, '·'),
    color: colorOf(part.fg),
    bold: part.decorations.includes('bold'),
    dim: part.decorations.includes('dim'),
    italic: part.decorations.includes('italic'),
    underline: part.decorations.includes('underline'),
  }));
}

function colorOf(fg: string | null): string | null {
  const name = /^ansi-(?:bright-)?(black|red|green|yellow|blue|magenta|cyan|white)$/.exec(fg ?? '')?.[1];
  return name ?? null;
}
