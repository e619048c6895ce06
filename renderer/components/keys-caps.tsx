import { Kbd } from '@mantine/core';
import { capsOf } from '../state/shortcuts.ts';
import { modKey } from './keys.ts';
import classes from './keys-caps.module.css';

/** A shortcut as key caps. */
export function Keys({ keys }: { keys: string }) {
  return (
    <span className={classes.caps}>
      {capsOf(keys, modKey).map((cap) => (
        <Kbd key={cap}>{cap}</Kbd>
      ))}
    </span>
  );
}
