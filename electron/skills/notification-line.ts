import { asObject, ownMember, plainText } from './json-line.ts';

/**
 * How a notification of a skill reads in its log; null for those that are not kept. Kept are log messages and progress
 * (DESIGN.md section 5); everything else has no agreed meaning.
 */
export function notificationLine(method: string, params: unknown): string | null {
  if (method === 'notifications/message') {
    const said = asObject(params) ?? {};
    const level = ownMember(said, 'level');
    const logger = ownMember(said, 'logger');
    const prefix = `[${typeof level === 'string' ? level : 'info'}]${typeof logger === 'string' ? ` ${logger}:` : ''}`;
    return plainText(`${prefix} ${inWords(ownMember(said, 'data') ?? ownMember(said, 'message'))}`);
  }
  if (method === 'notifications/progress' || method === 'skill.progress') {
    return plainText(`${method} ${inWords(params)}`);
  }
  return null;
}

function inWords(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}
