import { Checkbox } from '@mantine/core';
import type { ImportServer } from '../../../shared/model/mcp-import.ts';
import { commandText } from '../../components/command-text.ts';
import { StateIcon } from '../../components/state-icon.tsx';
import classes from './install.module.css';

const RUNTIMES = { python: 'Python', node: 'Node.js', docker: 'Docker', other: 'a program' } as const;

export interface ImportServerRowProps {
  readonly server: ImportServer;
  readonly chosen: boolean;
  readonly disabled: boolean;
  onToggle(): void;
}

/** One server: what would be run, where and with what, or why it cannot be imported. */
export function ImportServerRow({ server, chosen, disabled, onToggle }: ImportServerRowProps) {
  const { name, skillId, command, args, cwd, env, runtime, problem } = server;
  return (
    <li className={classes.server}>
      <Checkbox
        aria-label={`Import ${name}`}
        checked={chosen}
        disabled={disabled || problem !== null}
        onChange={onToggle}
      />
      <div className={classes.serverWords}>
        <p>
          <b>{name}</b>
          {problem === null && (
            <span className={classes.quiet}>
              {' '}
              becomes <code>{skillId}</code>, run by {RUNTIMES[runtime]}
            </span>
          )}
        </p>
        {problem !== null && (
          <p className={classes.finding}>
            <StateIcon state="warn" size={14} />
            <span>{problem}</span>
          </p>
        )}
        {command !== '' && <code className={classes.command}>{commandText([command, ...args])}</code>}
        {(cwd !== null || env.length > 0) && (
          <dl className={classes.env}>
            {cwd !== null && (
              <>
                <dt>in</dt>
                <dd>
                  <code>{cwd}</code>
                </dd>
              </>
            )}
            {env.length > 0 && (
              <>
                <dt>with</dt>
                <dd>
                  {env.map(({ name: variable, shown, secret }) => (
                    <code key={variable} className={classes.variable}>
                      {variable}={shown}
                      {secret && <span className={classes.secret}> kept as a credential</span>}
                    </code>
                  ))}
                </dd>
              </>
            )}
          </dl>
        )}
      </div>
    </li>
  );
}
