import { Button } from '@mantine/core';
import { commandText } from '../../components/command-text.ts';
import { formatBytes, plural } from '../../components/format.ts';
import { useHost } from '../../state/host-store.ts';
import { installProblem, standingWords } from './facts-words.ts';
import { Findings } from './findings.tsx';
import classes from './install.module.css';
import { LoadingLine } from './loading-line.tsx';
import type { Staged } from './use-package.ts';

export interface PackageFactsViewProps {
  readonly staged: Staged;
  readonly installing: boolean;
  /** What the host said when it refused; null when it has not. */
  readonly problem: string | null;
  onInstall(): void;
  onCancel(): void;
}

/** Everything a person should know before they say yes: it is somebody's program and runs with their rights. */
export function PackageFactsView({
  staged,
  installing,
  problem,
  onInstall,
  onCancel,
}: PackageFactsViewProps) {
  const { facts, leftOut } = staged;
  const present = useHost((state) => (facts.id === null ? undefined : state.skills[facts.id]));
  const cannot = installProblem(facts);
  return (
    <section className={classes.facts} aria-label={`What ${facts.name} is`}>
      <div>
        <h3 className={classes.name}>
          {facts.name} {facts.version}
        </h3>
        {facts.id !== null && <p className={classes.text}>{standingWords(facts, present)}</p>}
        {facts.description !== null && <p className={classes.words}>{facts.description}</p>}
      </div>
      <dl className={classes.list}>
        {facts.id !== null && (
          <>
            <dt>Id</dt>
            <dd>
              <code>{facts.id}</code>
            </dd>
            <dt>Runs</dt>
            <dd>
              <code>{commandText(facts.command)}</code>
            </dd>
            <dt>Kind</dt>
            <dd>
              {facts.protocol === 'mcp' ? 'MCP server' : 'skill'},{' '}
              {facts.mode === 'one-shot' ? 'started when needed' : 'runs all the time'}
            </dd>
            <dt>Needs</dt>
            <dd>
              {facts.dependencies.length === 0
                ? 'no packages'
                : `${facts.dependencies.join(', ')}: installed only when you ask for it`}
            </dd>
            <dt>Asks for</dt>
            <dd>
              {facts.credentials.length === 0
                ? 'no credentials'
                : facts.credentials
                    .map(({ name, required }) => `${name}${required ? '' : ' (optional)'}`)
                    .join(', ')}
            </dd>
          </>
        )}
        <dt>Files</dt>
        <dd>
          {plural(facts.files, 'file', 'files')}, {formatBytes(facts.bytes)}
          {leftOut > 0 && `, ${plural(leftOut, 'file', 'files')} of tools left out`}
        </dd>
      </dl>
      <Findings findings={facts.findings} />
      {problem !== null && (
        <p className={classes.problem} role="alert">
          {problem}
        </p>
      )}
      {installing ? (
        <LoadingLine>
          {facts.standing === 'update' ? 'Updating' : 'Installing'}: it is copied, tried, and put in service
          when it has answered …
        </LoadingLine>
      ) : (
        <>
          {cannot === null && (
            <p className={classes.text}>
              It is copied into Skillward’s own folder, started, and runs with your rights. Install only what
              you trust.
            </p>
          )}
          <div className={classes.buttons}>
            <Button variant="filled" disabled={cannot !== null} onClick={onInstall}>
              {facts.standing === 'update' ? 'Update' : 'Install and start'}
            </Button>
            <Button onClick={onCancel}>Choose another</Button>
            {cannot !== null && <span className={classes.text}>{cannot}</span>}
          </div>
        </>
      )}
    </section>
  );
}
