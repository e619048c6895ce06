import { Link, useNavigate } from '@tanstack/react-router';
import { memo } from 'react';
import type { Incident } from '../../../shared/model/action.ts';
import { useFleet } from '../../state/fleet.ts';
import { useTicking } from '../../state/ticker.ts';
import { HostMark } from '../fleet/host-mark.tsx';
import { formatCount, formatDuration } from '../format.ts';
import { SignatureText } from '../signature-text.tsx';
import { StateIcon } from '../state-icon.tsx';
import { StatusPill } from '../status-pill.tsx';
import { Time } from '../time.tsx';
import classes from './incident-table.module.css';
import { headlineOf, isMuted, lastedMs, severityOf, stateOf } from './incident-words.ts';

/**
 * One row per incident; each leads to its page. `showSkill` false where all are of one skill; `hostOf` says which host
 * one is of, where there are several.
 */
export function IncidentTable(props: {
  incidents: readonly Incident[];
  showSkill?: boolean;
  hostOf?: (incident: Incident) => string | undefined;
  label: string;
}) {
  const { incidents, hostOf, label, showSkill = true } = props;
  const withNotes = incidents.some((incident) => incident.note !== null);
  return (
    <div className={`sw-card ${classes.frame}`}>
      <table className={classes.table} aria-label={label}>
        <thead>
          <tr>
            <th scope="col">Severity</th>
            {hostOf !== undefined && <th scope="col">Host</th>}
            {showSkill && <th scope="col">Skill</th>}
            <th scope="col">What</th>
            <th scope="col">Started</th>
            <th scope="col">Lasted</th>
            <th scope="col" className={classes.number}>
              Failures
            </th>
            <th scope="col">State</th>
            {withNotes && (
              <th scope="col" className={classes.note}>
                Note
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {incidents.map((incident) => (
            <IncidentRow
              key={`${hostOf?.(incident) ?? ''} ${incident.id}`}
              incident={incident}
              hostId={hostOf?.(incident)}
              showSkill={showSkill}
              showNote={withNotes}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

const IncidentRow = memo(function IncidentRow(props: {
  incident: Incident;
  hostId: string | undefined;
  showSkill: boolean;
  showNote: boolean;
}) {
  const { hostId, incident, showNote, showSkill } = props;
  const here = useFleet((fleet) => hostId !== undefined && fleet.hosts[hostId]?.state === 'here');
  const navigate = useNavigate();
  const severity = severityOf(incident);
  const headline = headlineOf(incident.error);
  const lasted = useTicking((now) => formatDuration(lastedMs(incident, now)));
  const muted = useTicking((now) => isMuted(incident, now));
  const to = {
    to: '/incidents/$incidentId',
    params: { incidentId: String(incident.id) },
    ...(hostId === undefined ? {} : { search: { host: here ? undefined : hostId } }),
  } as const;
  return (
    // The link in the third cell is the control; the row around it only makes a larger target for the mouse.
    <tr data-over={incident.endedAt !== null || undefined} onClick={() => void navigate(to)}>
      <td className={classes.severity}>
        <span>
          <StateIcon state={severity.state} size={15} />
          {severity.word}
        </span>
      </td>
      {hostId !== undefined && (
        <td>
          <HostMark hostId={hostId} />
        </td>
      )}
      {showSkill && <td className={classes.skill}>{incident.skillId}</td>}
      <td className={classes.what}>
        <Link {...to} className={classes.title} title={headline} onClick={(event) => event.stopPropagation()}>
          {headline}
        </Link>
        <SignatureText signature={incident.signature} short />
        {incident.note !== null && <span className={classes.noteBelow}>“{incident.note}”</span>}
      </td>
      <td className={classes.time}>
        <Time at={incident.startedAt} />
      </td>
      <td className={classes.time}>{lasted}</td>
      <td className={classes.number}>{formatCount(incident.failures)}</td>
      <td className={classes.state}>
        <StatusPill {...stateOf(incident)} />
        {muted && <StatusPill state="off" word="Muted" />}
        {incident.regressionOf !== undefined && <span className={classes.back}>back again</span>}
      </td>
      {showNote && (
        <td className={classes.note} title={incident.note ?? undefined}>
          <span>{incident.note}</span>
        </td>
      )}
    </tr>
  );
});
