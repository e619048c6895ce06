import { useState } from 'react';
import type { ChartData } from './use-chart-data.ts';

/** The data, but not moving while `hold` is true, unless another stretch was asked for. */
export function useHeld(data: ChartData | undefined, hold: boolean): ChartData | undefined {
  const [held, setHeld] = useState(data);
  const sameStretch = held !== undefined && held.stretchKey === data?.stretchKey;
  if (held === data || (hold && sameStretch && held.stretchKey !== 'waiting')) return held;
  setHeld(data);
  return data;
}
