import { z } from 'zod';
import { skillIdSchema } from '../../../shared/model/primitives.ts';
import { skillRoute } from './skill-orders.ts';

/** The scheme other programs open us with. Not the scheme of the dashboard's files. */
export const LINK_SCHEME = 'skillward';
/** Longer addresses are nobody's link. Characters. */
const MAX_LINK = 2000;

const tabSchema = z.enum(['health', 'checks', 'logs', 'actions', 'config']);
const screenSchema = z.enum(['overview', 'incidents', 'fixes', 'scheduler', 'logs', 'settings']);
const routes = {
  overview: '#/',
  incidents: '#/incidents',
  fixes: '#/fixes',
  scheduler: '#/scheduler',
  logs: '#/logs',
  settings: '#/settings',
} as const;

/**
 * Reads `skillward://v1/skill/<id>?tab=logs` or `skillward://v1/screen/fixes` to a route of the dashboard, or null.
 * A link only ever navigates: whoever can make a person click must not be able to make the app act. Parts nobody knows
 * are dropped, an unknown version or target refuses the whole link.
 */
export function readDeepLink(text: string): string | null {
  if (text.length > MAX_LINK || !URL.canParse(text)) return null;
  const url = new URL(text);
  if (url.protocol !== `${LINK_SCHEME}:` || url.host !== 'v1' || url.username !== '' || url.port !== '')
    return null;
  const [, target, name, ...rest] = url.pathname.split('/');
  if (name === undefined || rest.some((part) => part !== '')) return null;
  if (target === 'screen') {
    const screen = screenSchema.safeParse(name);
    return screen.success ? routes[screen.data] : null;
  }
  if (target !== 'skill') return null;
  const skillId = skillIdSchema.safeParse(name);
  if (!skillId.success) return null;
  const tab = tabSchema.safeParse(url.searchParams.get('tab'));
  return `${skillRoute(skillId.data)}${tab.success ? `?tab=${tab.data}` : ''}`;
}
