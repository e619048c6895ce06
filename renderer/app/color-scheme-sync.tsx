import { useMantineColorScheme } from '@mantine/core';
import { useEffect } from 'react';
import { useHost } from '../state/host-store.ts';

/** The theme is a setting of the host: every window of it looks the same, and a reload starts in the last one known. */
export function ColorSchemeSync() {
  const theme = useHost((state) => state.settings?.general.theme);
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  useEffect(() => {
    if (theme === undefined) return;
    const wanted = theme === 'system' ? 'auto' : theme;
    // Setting it, even to what it is, styles every element of the page twice: transitions are turned off and on again.
    if (wanted !== colorScheme) setColorScheme(wanted);
  }, [theme, colorScheme, setColorScheme]);
  return null;
}
