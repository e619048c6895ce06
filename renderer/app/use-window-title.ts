import { useEffect } from 'react';
import { useHost } from '../state/host-store.ts';
import { countStates } from '../state/selectors.ts';

/** The window says from the task bar how many skills need somebody. */
export function useWindowTitle(): void {
  const calling = useHost((state) => {
    const counts = countStates(state);
    return counts.bad + counts.quar;
  });
  useEffect(() => {
    document.title = calling > 0 ? `(${calling}) Skillward` : 'Skillward';
  }, [calling]);
}
