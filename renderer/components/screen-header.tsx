import type { ReactNode } from 'react';
import { FindButton } from './find-button.tsx';
import { NoticeBell } from './notice-bell.tsx';
import classes from './screen-header.module.css';

/** One and the same element: the sentence beside it changes with every skill, and these are not drawn again for it. */
const always = (
  <>
    <FindButton />
    <NoticeBell />
  </>
);

/** The top line of a screen: one sentence that says how things are, then the screen's controls, the search button and the bell. */
export function ScreenHeader(props: { title: ReactNode; aside?: ReactNode; children?: ReactNode }) {
  return (
    <header className={classes.header}>
      <h1 className={classes.title}>
        {props.title}
        {props.aside !== undefined && <span className={classes.aside}> · {props.aside}</span>}
      </h1>
      <div className={classes.controls}>
        {props.children}
        {always}
      </div>
    </header>
  );
}
