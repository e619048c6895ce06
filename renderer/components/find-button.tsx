import { Kbd } from '@mantine/core';
import { openSpotlight } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import classes from './find-button.module.css';
import { modKey } from './keys.ts';

/** Opens the palette: the visible way in for people who do not know the shortcut. */
export function FindButton() {
  return (
    <button type="button" className={classes.find} onClick={() => openSpotlight()}>
      <IconSearch size={14} stroke={1.8} aria-hidden="true" />
      <span className={classes.words}>Find or do anything</span>
      <Kbd className={classes.keys}>{modKey} K</Kbd>
    </button>
  );
}
