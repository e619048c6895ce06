import { useMantineColorScheme } from '@mantine/core';
import { useEffect } from 'react';
import { useHost } from '../state/host-store.ts';

/** The theme is a setting of the host: every window of it looks the same, and a reload starts in the last one known. */
export function ColorSchemeSync() {
  const theme = useHost((state) => state.settings?.general.theme);
  const { setColorScheme } = useMantineColorScheme();
  useEffect(() => {
    if (theme !== undefined) setColorScheme(theme === 'system' ? 'auto' : theme);
  }, [theme, setColorScheme]);
  return null;
}
