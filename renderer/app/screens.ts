import type { Icon } from '@tabler/icons-react';
import { IconAdjustmentsHorizontal, IconClock, IconLayoutGrid, IconSparkles } from '@tabler/icons-react';

export type ScreenPath = '/' | '/fixes' | '/scheduler' | '/settings';

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
  { to: '/fixes', label: 'Fixes', icon: IconSparkles, key: 'f' },
  { to: '/scheduler', label: 'Scheduler', icon: IconClock, key: 's' },
  { to: '/settings', label: 'Settings', icon: IconAdjustmentsHorizontal, key: 'e' },
];
