import { Button } from '@mantine/core';
import type { Incident } from '../../../shared/model/action.ts';
import { Orders } from '../../components/fleet/locked.tsx';
import { isMuted } from '../../components/incidents/incident-words.ts';
import { openDialog } from '../../state/dialogs.ts';
import { muteIncident, reopenIncident } from '../../state/incident-actions.ts';
import { useTicking } from '../../state/ticker.ts';

/** What a person can say about an incident as it is now. */
export function IncidentButtons({ incident }: { incident: Incident }) {
  return (
    <Orders>
      <Buttons incident={incident} />
    </Orders>
  );
}

function Buttons({ incident }: { incident: Incident }) {
  const muted = useTicking((now) => isMuted(incident, now));
  if (incident.endedAt !== null) {
    return (
      <>
        {incident.ended?.by === 'user' && (
          <Button onClick={() => void reopenIncident(incident)}>Reopen</Button>
        )}
        <Button onClick={() => openDialog({ kind: 'resolve', incident })}>Say what ended it…</Button>
      </>
    );
  }
  return (
    <>
      {incident.state === 'acknowledged' ? (
        <Button onClick={() => void reopenIncident(incident)}>Take back</Button>
      ) : (
        <Button variant="filled" onClick={() => openDialog({ kind: 'acknowledge', incident })}>
          Acknowledge…
        </Button>
      )}
      {muted ? (
        <Button onClick={() => void muteIncident(incident, null)}>Unmute</Button>
      ) : (
        <Button onClick={() => openDialog({ kind: 'mute', incident })}>Mute…</Button>
      )}
      <Button
        variant={incident.state === 'acknowledged' ? 'filled' : 'default'}
        onClick={() => openDialog({ kind: 'resolve', incident })}
      >
        Resolve…
      </Button>
    </>
  );
}
