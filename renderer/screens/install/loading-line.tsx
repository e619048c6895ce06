import { Loader } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './install.module.css';

/** Something takes a while; read out once. */
export function LoadingLine({ children }: { children: ReactNode }) {
  return (
    <p className={classes.loading} role="status">
      <Loader size={14} aria-hidden="true" />
      <span>{children}</span>
    </p>
  );
}
