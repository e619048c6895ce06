import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Incident } from '../../../shared/model/action.ts';
import { splitFixText } from '../../components/fix-text.ts';
import { formatCount, formatDuration } from '../../components/format.ts';
import {
  acknowledgedInWords,
  endInWords,
  isMuted,
  lastedMs,
  muteInWords,
  severityOf,
  stateOf,
} from '../../components/incidents/incident-words.ts';
import { SignatureText } from '../../components/signature-text.tsx';
import { StatusPill } from '../../components/status-pill.tsx';
import { Time } from '../../components/time.tsx';
import { useFixes } from '../../state/queries.ts';
import { useTicking } from '../../state/ticker.ts';
import classes from './incident-screen.module.css';

/** What is known about it, at a glance. */
export function IncidentFacts({ incident }: { incident: Incident }) {
  const { acknowledged, endedAt, failures, lastSeenAt, mutedUntil, note, startedAt, state } = incident;
  const lasted = useTicking((now) => formatDuration(lastedMs(incident, now)));
  const muted = useTicking((now) =>
    isMuted(incident, now) && mutedUntil !== null ? muteInWords(mutedUntil, now) : null,
  );
  const taken = useTicking((now) => (state === 'acknowledged' ? acknowledgedInWords(incident, now) : null));
  const end = endInWords(incident);
  return (
    <section className={classes.card} aria-label="About this incident">
      <div className={classes.pills}>
        <StatusPill {...(endedAt === null ? severityOf(incident) : stateOf(incident))} />
        {endedAt === null && <StatusPill {...stateOf(incident)} />}
        {muted !== null && <StatusPill state="off" word="Muted" />}
      </div>
      <dl className={classes.facts}>
        <Fact name="Skill">
          <Link to="/skill/$skillId" params={{ skillId: incident.skillId }} className={classes.link}>
            {incident.skillId}
          </Link>
        </Fact>
        <Fact name="Began">
          <Time at={startedAt} />
        </Fact>
        <Fact name={endedAt === null ? 'Lasts' : 'Lasted'}>{lasted}</Fact>
        {endedAt !== null && (
          <Fact name="Ended">
            <Time at={endedAt} />
            {end !== null && `, ${end}`}
          </Fact>
        )}
        <Fact name="Failures">
          {formatCount(failures)}, the last <Time at={lastSeenAt} />
        </Fact>
        {taken !== null && (
          <Fact name="Acknowledged">
            <Time at={acknowledged?.at ?? null} />, {taken}
          </Fact>
        )}
        {muted !== null && <Fact name="Muted">{muted}</Fact>}
        {incident.regressionOf !== undefined && (
          <Fact name="Back again">
            <Link
              to="/incidents/$incidentId"
              params={{ incidentId: String(incident.regressionOf) }}
              className={classes.link}
            >
              incident #{incident.regressionOf}
            </Link>{' '}
            had ended less than a day before
          </Fact>
        )}
        {incident.regressedFixId !== undefined && (
          <Fact name="Did not last">
            <FixLink fixId={incident.regressedFixId} />
          </Fact>
        )}
        {incident.ended?.fixId !== undefined && (
          <Fact name="Ended by">
            <FixLink fixId={incident.ended.fixId} />
          </Fact>
        )}
        {note !== null && <Fact name="Note">{note}</Fact>}
        <Fact name="Signature">
          <SignatureText signature={incident.signature} copyable />
        </Fact>
      </dl>
    </section>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function FixLink({ fixId }: { fixId: number }) {
  const fixes = useFixes();
  const fix = fixes.data?.find((one) => one.id === fixId);
  return (
    <Link to="/fixes" search={{ fix: fixId }} className={classes.link}>
      {fix === undefined ? `fix #${fixId}` : splitFixText(fix.fixDescription).title}
    </Link>
  );
}
