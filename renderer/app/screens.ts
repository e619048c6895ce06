import type { Icon } from '@tabler/icons-react';
import {
  IconAdjustmentsHorizontal,
  IconAlertTriangle,
  IconClock,
  IconFileText,
  IconLayoutGrid,
  IconServer2,
  IconSparkles,
} from '@tabler/icons-react';

export type ScreenPath = '/' | '/incidents' | '/fixes' | '/scheduler' | '/logs' | '/settings' | '/fleet';

export interface Screen {
  readonly to: ScreenPath;
  readonly label: string;
  readonly icon: Icon;
  /** The second key after G: G then O opens the overview. */
  readonly key: string;
}

/** The screens there are: navigation, palette and shortcuts read this list. */
export const screens: readonly Screen[] = [
  { to: '/', label: 'Overview', icon: IconLayoutGrid, key: 'o' },
  { to: '/incidents', label: 'Incidents', icon: IconAlertTriangle, key: 'i' },
  { to: '/fixes', label: 'Fixes', icon: IconSparkles, key: 'f' },
  { to: '/scheduler', label: 'Scheduler', icon: IconClock, key: 's' },
  { to: '/logs', label: 'Logs', icon: IconFileText, key: 'l' },
  { to: '/settings', label: 'Settings', icon: IconAdjustmentsHorizontal, key: 'e' },
  // The last, so that the shortcuts of the others stay; the navigation has it only in a fleet.
  { to: '/fleet', label: 'Fleet', icon: IconServer2, key: 'h' },
];
