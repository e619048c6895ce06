import { Button, Skeleton } from '@mantine/core';
import { plural } from '../../components/format.ts';
import { StateIcon } from '../../components/state-icon.tsx';
import { useImportSources } from '../../state/package-queries.ts';
import classes from './install.module.css';

/** The configurations found on this machine. */
export function ImportSources({ busy, onChoose }: { busy: boolean; onChoose(sourceId: string): void }) {
  const { data, error, refetch } = useImportSources();
  if (data === undefined && error === null)
    return <Skeleton height={70} radius="md" role="status" aria-label="Looking for configurations" />;
  if (data === undefined) {
    return (
      <p className={classes.problem} role="alert">
        The configurations could not be looked for: {error?.message}{' '}
        <Button size="compact-xs" onClick={() => void refetch()}>
          Try again
        </Button>
      </p>
    );
  }
  if (data.length === 0)
    return (
      <p className={classes.text}>
        None was found where such programs keep it. Paste one, or choose the file.
      </p>
    );
  return (
    <ul className={classes.sources} aria-label="Found on this machine">
      {data.map((source) => (
        <li key={source.sourceId} className={classes.source}>
          <StateIcon state={source.problem === null ? 'ok' : 'bad'} size={15} />
          <span className={classes.sourceWords}>
            <b>{source.client}</b>{' '}
            {source.problem === null ? plural(source.servers, 'server', 'servers') : source.problem}
            <code className={classes.path}>{source.path}</code>
          </span>
          <Button
            disabled={busy || source.problem !== null || source.servers === 0}
            aria-label={`Show the servers of ${source.client}, ${source.path}`}
            onClick={() => onChoose(source.sourceId)}
          >
            Show its servers
          </Button>
        </li>
      ))}
    </ul>
  );
}
