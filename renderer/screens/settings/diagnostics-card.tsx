import { Button, CopyButton, Skeleton } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { EnvironmentList } from '../../components/environment-list.tsx';
import { Time } from '../../components/time.tsx';
import { useEnvironment, useHostVersion } from '../../state/environment.ts';
import { useRuntimeStatus } from '../../state/queries.ts';
import { diagnosticsReport, hostFacts } from './diagnostics-report.ts';
import classes from './settings-screen.module.css';

/** How the host itself is doing, and a report to paste where somebody asks for it. */
export function DiagnosticsCard() {
  const status = useRuntimeStatus();
  const version = useHostVersion();
  const environment = useEnvironment();

  if (status.data === undefined) {
    if (!status.isError)
      return <Skeleton height={180} m="md" role="status" aria-label="Loading diagnostics" />;
    return (
      <p className={classes.empty} role="alert">
        The host did not say how it is: {status.error.message}{' '}
        <Button size="compact-xs" onClick={() => void status.refetch()}>
          Try again
        </Button>
      </p>
    );
  }
  const { data } = status;
  return (
    <>
      <dl className={classes.facts}>
        {hostFacts(data, version.data).map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {environment.data !== undefined && (
        <div className={classes.environment}>
          <EnvironmentList environment={environment.data} />
        </div>
      )}
      {data.notices.length > 0 && (
        <ul className={classes.notices}>
          {data.notices.map((notice) => (
            <li key={`${notice.code} ${notice.at}`} data-level={notice.level}>
              {notice.message}{' '}
              <span className={classes.note}>
                <Time at={notice.at} />
              </span>
            </li>
          ))}
        </ul>
      )}
      <div className={classes.row}>
        <p className={`${classes.help} ${classes.words}`}>
          The report holds what stands here and nothing else: no skill’s output, no credentials. When the host
          itself misbehaves, <code>skillward doctor</code> looks at the data folder and the machine, and{' '}
          <code>skillward doctor --repair</code> mends what it can without losing anything.
        </p>
        <CopyButton
          value={diagnosticsReport(data, version.data, data.startedAt + data.uptimeMs, environment.data)}
        >
          {({ copied, copy }) => (
            <Button leftSection={copied ? <IconCheck size={15} /> : <IconCopy size={15} />} onClick={copy}>
              {copied ? 'Copied' : 'Copy the report'}
            </Button>
          )}
        </CopyButton>
      </div>
    </>
  );
}
