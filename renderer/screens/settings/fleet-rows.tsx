import { Button, TagsInput } from '@mantine/core';
import { type ReactNode, useId, useState } from 'react';
import type { AppConfig, AppConfigPatch } from '../../../shared/model/config.ts';
import { linkStates } from '../../components/fleet/link-words.ts';
import { ButtonLink } from '../../components/links.tsx';
import { StatusPill } from '../../components/status-pill.tsx';
import { Time } from '../../components/time.tsx';
import { changeConfig } from '../../state/change-config.ts';
import { feedback } from '../../state/feedback.ts';
import { isInFleet, useFleet } from '../../state/fleet.ts';
import { useShownHostId } from '../../state/shown-host.ts';
import { labelsAsText, labelsFromText } from './fleet-labels.ts';
import classes from './settings-screen.module.css';

type Labels = AppConfig['fleet']['labels'];

/** How this host stands with its fleet. Nothing while another host is shown: the link is ours. */
export function LinkRow() {
  const link = useFleet((fleet) => fleet.link);
  const there = useFleet(isInFleet);
  const away = useShownHostId() !== null;
  if (link === null || away) return null;
  return (
    <Row
      label="Link"
      help={
        <>
          {link.problem ?? (link.server === null ? 'This host is in no fleet.' : `Through ${link.server}.`)}
          {link.nextAttemptAt !== null && (
            <>
              {' '}
              Next attempt <Time at={link.nextAttemptAt} style="in" />.
            </>
          )}
        </>
      }
    >
      <StatusPill {...linkStates[link.state]} />
      {there && <ButtonLink to="/fleet">See the fleet</ButtonLink>}
    </Row>
  );
}

/** What hosts are told apart and chosen by. */
export function LabelsRow({ labels }: { labels: Labels }) {
  const labelId = useId();
  const [problem, setProblem] = useState<string | null>(null);
  function change(texts: readonly string[]): void {
    const read = labelsFromText(texts);
    setProblem(read.problem);
    if (read.problem === null) void saveLabels(labels, read.labels);
  }
  return (
    <Row label="Labels" labelId={labelId} help="Hosts are filtered by them: place=attic, tier=prod.">
      <TagsInput
        aria-labelledby={labelId}
        placeholder="key=value"
        value={labelsAsText(labels)}
        onChange={change}
        error={problem}
        splitChars={[',', ' ']}
        maxTags={20}
        w={280}
      />
    </Row>
  );
}

/** What others may do here. A page can only take it back: giving it is done on the machine. */
export function RoleRow({ role }: { role: AppConfig['fleet']['role'] }) {
  return (
    <Row
      label="What others of the fleet may do here"
      help={
        role === 'operator' ? (
          <>
            <b>Look and act</b>: whoever the NATS server lets give orders can start, stop, quarantine and
            release skills here. Their orders are in the actions, with the host they came from.
          </>
        ) : (
          <>
            <b>Look only.</b> To let them act, say it on this machine:{' '}
            <code>skillward fleet join … --role operator</code>
          </>
        )
      }
    >
      {role === 'operator' && (
        <Button onClick={() => void save({ fleet: { role: 'viewer' } }, 'The role was not changed')}>
          Let them look only
        </Button>
      )}
    </Row>
  );
}

/** How to join or leave: servers and secrets are never typed into a page. */
export function JoinRow({ enabled }: { enabled: boolean }) {
  return (
    <div className={classes.row}>
      <p className={`${classes.help} ${classes.words}`}>
        Servers and keys are not typed into a page. On this machine:{' '}
        <code>{enabled ? 'skillward fleet leave' : 'skillward fleet join tls://nats.example.net:4222'}</code>
        {enabled && (
          <>
            , and <code>skillward fleet doctor</code> when something is wrong
          </>
        )}
        .
      </p>
    </div>
  );
}

/** Where metrics are read and sent. Shown, not set: an address would make the host open or call it. */
export function AddressRow({ telemetry }: { telemetry: AppConfig['telemetry'] }) {
  const { otlpEndpoint, prometheusHost, prometheusPort } = telemetry;
  return (
    <div className={classes.row}>
      <p className={`${classes.help} ${classes.words}`}>
        Read at <code>{`http://${prometheusHost}:${prometheusPort}/metrics`}</code>, pushed to{' '}
        <code>{otlpEndpoint}</code>. Where metrics go is said on the machine, in <code>config.json</code> or
        with <code>skillward call config.patch</code>.
      </p>
    </div>
  );
}

function Row(props: { label: string; labelId?: string; help: ReactNode; children: ReactNode }) {
  const { label, labelId, help, children } = props;
  return (
    <div className={classes.row}>
      <div className={classes.words}>
        <div id={labelId} className={classes.label}>
          {label}
        </div>
        <div className={classes.help}>{help}</div>
      </div>
      <div className={classes.controls}>{children}</div>
    </div>
  );
}

function save(patch: AppConfigPatch, failed: string): Promise<void> {
  return changeConfig(patch).catch((error: unknown) => feedback.error(failed, error, { key: 'settings' }));
}

/** A patch adds and changes labels; one that is to go is taken out with all of them before the others are set again. */
async function saveLabels(before: Labels, labels: Labels): Promise<void> {
  const failed = 'The labels were not saved';
  const fewer = Object.keys(before).some((key) => !Object.hasOwn(labels, key));
  if (fewer) await save({ fleet: { labels: null } }, failed);
  if (Object.keys(labels).length > 0) await save({ fleet: { labels } }, failed);
}
