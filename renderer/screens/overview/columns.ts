import type { SortColumn } from './sorting.ts';

export interface Column {
  readonly id: SortColumn | 'beats';
  readonly label: string;
  /** Longer, for a tooltip and screen readers. */
  readonly title?: string;
  readonly right: boolean;
}

/** The table's columns in order; the narrower the window, the fewer of the last ones are shown (see the style sheet). */
export const columns: readonly Column[] = [
  { id: 'skill', label: 'Skill', right: false },
  { id: 'state', label: 'State', right: false },
  { id: 'beats', label: 'Checks', right: false },
  { id: 'healthy', label: 'Healthy %', title: 'Share of checks that were healthy or degraded', right: true },
  {
    id: 'latency',
    label: 'p50 / p95',
    title: 'Time to answer: half of the checks, and 95 of 100, were quicker',
    right: true,
  },
  { id: 'last', label: 'Last check', right: true },
  { id: 'next', label: 'Next', right: true },
  {
    id: 'restarts',
    label: 'Restarts',
    title: 'Restarts in the window that leads to quarantine; those since the host started are in the tooltip',
    right: true,
  },
  {
    id: 'failures',
    label: 'Failures',
    title: 'Failures in the window that leads to quarantine',
    right: true,
  },
];
