import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import bar from '../../components/bulk-bar.module.css';
import { StateIcon } from '../../components/state-icon.tsx';
import { hereOf, useFleet } from '../../state/fleet.ts';
import { orderWords } from './order-words.ts';
import type { FleetCommand, FleetResult } from './orders.ts';

/** What became of an order on each host, the failures first and in the words of the host. */
export function FleetResults(props: {
  command: FleetCommand;
  results: readonly FleetResult[];
  onClose: () => void;
}) {
  const { command, results, onClose } = props;
  const hosts = useFleet((fleet) => fleet.hosts);
  const here = hereOf({ hosts })?.hostId;
  const well = results.filter(({ problem }) => problem === null).length;
  return (
    <section className={bar.progress} aria-label="What became of it">
      <div className={bar.line}>
        <b role="status">
          {well} of {results.length} {orderWords[command].done}
        </b>
        <Button size="compact-xs" onClick={onClose}>
          Close
        </Button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
      <ul className={bar.results} aria-label="Each host" tabIndex={0}>
        {results
          .toSorted((a, b) => Number(b.problem !== null) - Number(a.problem !== null))
          .map(({ hostId, skillId, problem }) => (
            <li key={`${hostId} ${skillId}`}>
              <StateIcon state={problem === null ? 'ok' : 'bad'} size={14} />
              <Link
                to="/skill/$skillId"
                params={{ skillId }}
                search={{ host: hostId === here ? undefined : hostId }}
              >
                {skillId} on {hosts[hostId]?.name ?? hostId}
              </Link>
              <span>{problem ?? orderWords[command].done}</span>
            </li>
          ))}
      </ul>
    </section>
  );
}
