import { z } from 'zod';

const KEY = 'skillward.recentActions';
const KEPT = 12;
const idsSchema = z.array(z.string().max(400)).catch([]);

/** Ids of what was chosen in the palette last, newest first; kept in this browser. */
export function recentActions(): readonly string[] {
  return idsSchema.parse(parsed(localStorage.getItem(KEY)));
}

export function noteRecentAction(id: string): void {
  const ids = [id, ...recentActions().filter((one) => one !== id)].slice(0, KEPT);
  localStorage.setItem(KEY, JSON.stringify(ids));
}

function parsed(text: string | null): unknown {
  try {
    return text === null ? [] : JSON.parse(text);
  } catch {
    // Somebody else's words under our name: as good as none.
    return [];
  }
}
