/** The part of a keyboard event that says what was pressed. */
export interface KeyPress {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/** How long after G the second key counts, in ms. */
const SEQUENCE_MS = 1200;

/**
 * What was pressed, as shortcuts are written: `R`, `Shift+R`, `Mod+K`, `?`. `Mod` is Ctrl, or Command on a Mac. Shift
 * counts with letters only, for elsewhere it has changed the key already. Null with Alt, and for a modifier alone.
 */
export function pressed(event: KeyPress): string | null {
  if (event.altKey || ['Shift', 'Control', 'Meta', 'Alt'].includes(event.key)) return null;
  const key = event.key.length === 1 ? event.key.toUpperCase() : event.key;
  const letter = /^\p{L}$/u.test(event.key);
  const mod = event.ctrlKey || event.metaKey ? 'Mod+' : '';
  return `${mod}${event.shiftKey && (letter || event.key.length > 1) ? 'Shift+' : ''}${key}`;
}

/** Reads keys one after the other; G and a key soon after it are one shortcut, `G O`. Times in ms. */
export function createKeyReader(): (event: KeyPress, at: number) => string | null {
  let wentAt = Number.NEGATIVE_INFINITY;
  return (event, at) => {
    const keys = pressed(event);
    if (keys === null) return null;
    const second = at - wentAt < SEQUENCE_MS && !keys.startsWith('Mod+');
    wentAt = Number.NEGATIVE_INFINITY;
    if (second) return `G ${keys}`;
    if (keys !== 'G') return keys;
    wentAt = at;
    return null;
  };
}

/** The single caps of a shortcut, to be drawn one by one: `Mod+Shift+R` on a Mac is ⌘, Shift and R. */
export function capsOf(keys: string, modKey: string): readonly string[] {
  return keys.split(/[ +]/).map((cap) => (cap === 'Mod' ? modKey : cap));
}
