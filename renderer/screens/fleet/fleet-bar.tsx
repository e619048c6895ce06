import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import bar from '../../components/bulk-bar.module.css';
import { plural } from '../../components/format.ts';
import { useFleet } from '../../state/fleet.ts';
import { changeHosts, nothingSelected, useHostSelection } from '../../state/selection.ts';
import { FleetOrderDialog } from './fleet-order-dialog.tsx';
import { FleetResults } from './fleet-results.tsx';
import { orderWords } from './order-words.ts';
import type { FleetCommand, FleetResult } from './orders.ts';

const offered: readonly FleetCommand[] = ['check', 'restart', 'release', 'quarantine'];

/** What can be done on the selected hosts, and what became of the last order. Nothing while there is neither. */
export function FleetBar() {
  const { ids } = useHostSelection();
  const hosts = useFleet((fleet) => fleet.hosts);
  const [command, setCommand] = useState<FleetCommand | null>(null);
  const [done, setDone] = useState<{ command: FleetCommand; results: readonly FleetResult[] } | null>(null);
  const chosen = [...ids].flatMap((id) => hosts[id] ?? []);
  if (chosen.length === 0 && done === null) return null;
  return (
    <div className={bar.dock}>
      {done !== null && <FleetResults {...done} onClose={() => setDone(null)} />}
      {chosen.length > 0 && (
        <section className={bar.bar} aria-label="Selected hosts">
          <b className={bar.count}>{plural(chosen.length, 'host', 'hosts')} selected</b>
          <div className={bar.actions}>
            {offered.map((one) => (
              <Button key={one} onClick={() => setCommand(one)}>
                {orderWords[one].button}
              </Button>
            ))}
          </div>
          <Tooltip label="Select none (Esc)">
            <ActionIcon aria-label="Select none" onClick={() => changeHosts(() => nothingSelected)}>
              <IconX size={16} />
            </ActionIcon>
          </Tooltip>
        </section>
      )}
      {command !== null && (
        <FleetOrderDialog
          command={command}
          hosts={chosen}
          onDone={(results) => {
            setDone({ command, results });
            setCommand(null);
          }}
          onClose={() => setCommand(null)}
        />
      )}
    </div>
  );
}
