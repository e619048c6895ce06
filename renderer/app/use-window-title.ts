import { useEffect } from 'react';
import { useHost } from '../state/host-store.ts';
import { countStates } from '../state/selectors.ts';
import { useShownHostId, useShownName } from '../state/shown-host.ts';

/** The window says from the task bar how many skills need somebody. */
export function useWindowTitle(): void {
  const calling = useHost((state) => {
    const counts = countStates(state);
    return counts.bad + counts.quar;
  });
  const away = useShownHostId() !== null;
  const name = useShownName();
  useEffect(() => {
    const what = away ? `${name} · Skillward` : 'Skillward';
    document.title = calling > 0 ? `(${calling}) ${what}` : what;
  }, [away, calling, name]);
}
