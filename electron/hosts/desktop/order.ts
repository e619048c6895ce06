import type { AppConfigPatch } from '../../../shared/model/config.ts';

/** Commands the menus, the tray and the notifications give; each takes one skill. */
export type SkillCommand =
  | 'skill.health.check'
  | 'skill.restart'
  | 'skill.start'
  | 'skill.stop'
  | 'skill.release'
  | 'skill.activate'
  | 'skill.disable';

/** Places on this machine the app opens by name, never by a path or address that came from elsewhere. */
export type NamedPlace = 'data-folder' | 'logs' | 'skill-guide';

/**
 * Everything a native menu, the tray, a notification or a link can ask of the app: plain data, so that what is offered
 * can be tested without a window, and one place (`orders.ts`) carries it out.
 */
export type DesktopOrder =
  | { readonly kind: 'show' }
  /** `route` is a page of the dashboard, `#/…`. */
  | { readonly kind: 'go'; readonly route: string }
  | { readonly kind: 'skill'; readonly command: SkillCommand; readonly skillId: string }
  | { readonly kind: 'checkAll' }
  | { readonly kind: 'reloadSkills' }
  | { readonly kind: 'pauseAll' }
  | { readonly kind: 'resumeAll' }
  | { readonly kind: 'muteFor'; readonly hours: number }
  | { readonly kind: 'unmute' }
  | { readonly kind: 'change'; readonly patch: AppConfigPatch }
  | { readonly kind: 'addFolder' }
  | { readonly kind: 'open'; readonly place: NamedPlace }
  | { readonly kind: 'about' }
  | { readonly kind: 'checkForUpdates' }
  | { readonly kind: 'quit' };
