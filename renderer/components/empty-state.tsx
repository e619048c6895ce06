import type { ReactNode } from 'react';
import classes from './empty-state.module.css';

/** Says why there is nothing and what to do about it. */
export function EmptyState(props: {
  title: string;
  icon?: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className={classes.root}>
      {props.icon !== undefined && (
        <div className={classes.icon} aria-hidden="true">
          {props.icon}
        </div>
      )}
      <h2 className={classes.title}>{props.title}</h2>
      {props.children !== undefined && <div className={classes.text}>{props.children}</div>}
      {props.action !== undefined && <div className={classes.action}>{props.action}</div>}
    </div>
  );
}
