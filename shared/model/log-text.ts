import type { LogLine } from './log.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: terminal sequences are what it looks for
const SEQUENCES = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\-_])/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const CONTROLS = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/** What a line says, without colours; other control characters become a visible mark, so that no text can steer a terminal. */
export function plainText(text: string): string {
  return text.replace(SEQUENCES, '').replace(CONTROLS, '·');
}

/** One line as it stands in a file that was saved. Times are UTC. */
export function logLineText({ at, skillId, stream, level, text }: LogLine): string {
  return `${new Date(at).toISOString()}  ${skillId}  ${stream}  ${level.toUpperCase()}  ${plainText(text)}`;
}

/** Names a line among those of all skills. */
export function logLineKey({ skillId, id }: Pick<LogLine, 'skillId' | 'id'>): string {
  return `${skillId}:${id}`;
}
