/** Deeper than this no JSON of a stranger (a skill, another host) is looked at: whatever walks it later may recurse. */
export const maxJsonDepth = 200;

/** Whether JSON text nests deeper than `limit`. Looks at the text, so that nothing is built for what is refused. */
export function depthExceeds(text: string, limit: number): boolean {
  if (text.length <= 2 * limit) return false;
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (inString) {
      if (code === 0x5c) at += 1;
      else if (code === 0x22) inString = false;
    } else if (code === 0x22) {
      inString = true;
    } else if (code === 0x7b || code === 0x5b) {
      depth += 1;
      if (depth > limit) return true;
    } else if (code === 0x7d || code === 0x5d) {
      depth -= 1;
    }
  }
  return false;
}
