import type { ReactNode } from 'react';
import type { CommandAnswer } from '../../shared/contract/index.ts';
import type { StateKind } from './display-state.ts';
import classes from './environment-list.module.css';
import { plural } from './format.ts';
import { StateIcon } from './state-icon.tsx';

/** What the machine offers to skills, each with its shape and what to do where something is missing. */
export function EnvironmentList({ environment }: { environment: CommandAnswer<'host.environment'> }) {
  const { python, pythonProblem, uv, skillsFolders } = environment;
  return (
    <ul className={classes.list}>
      {python === null ? (
        <Line state="bad" what="Python">
          {pythonProblem}
        </Line>
      ) : (
        <Line state="ok" what={`Python ${python.version}`}>
          <code>{python.path}</code>
        </Line>
      )}
      {uv === null ? (
        <Line state="none" what="uv">
          not installed. Only skills that declare the packages they need would use it.
        </Line>
      ) : (
        <Line state="ok" what={`uv ${uv.version}`}>
          <code>{uv.path}</code>
        </Line>
      )}
      {skillsFolders.map(({ path, skills, problem }) => (
        <Line
          key={path}
          state={problem !== null ? 'bad' : skills === 0 ? 'warn' : 'ok'}
          what={plural(skills, 'skill', 'skills')}
        >
          in <code>{path}</code>
          {problem !== null && `, which ${problem}`}
        </Line>
      ))}
      {skillsFolders.length === 0 && (
        <Line state="warn" what="No skills folder">
          yet.
        </Line>
      )}
    </ul>
  );
}

function Line(props: { state: StateKind; what: string; children: ReactNode }) {
  return (
    <li className={classes.line}>
      <StateIcon state={props.state} size={15} />
      <span>
        <b>{props.what}</b> {props.children}
      </span>
    </li>
  );
}
