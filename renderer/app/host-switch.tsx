import { Combobox, useCombobox } from '@mantine/core';
import { IconChevronDown, IconServer } from '@tabler/icons-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { hostState, inFleetOrder } from '../components/fleet/host-words.ts';
import { takeSwitched, useShowHost } from '../components/fleet/use-show-host.ts';
import { StateIcon } from '../components/state-icon.tsx';
import { hereOf, isInFleet, useFleet } from '../state/fleet.ts';
import { useShownHostId, useShownName } from '../state/shown-host.ts';
import classes from './host-switch.module.css';

/** More than these nobody reads: another letter finds the one that is meant. */
const MOST = 50;

/** Which host is shown, and a way to another one. Nothing while there is no fleet. */
export function HostSwitch() {
  const there = useFleet(isInFleet);
  const shown = useShownHostId();
  return there || shown !== null ? <Switch /> : null;
}

function Switch() {
  const name = useShownName();
  const button = useRef<HTMLButtonElement>(null);
  // The page is drawn anew for another host: the keyboard goes on where the hosts are.
  useEffect(() => {
    if (takeSwitched()) button.current?.focus();
  }, []);
  const combobox = useCombobox({
    onDropdownOpen: () => combobox.focusSearchInput(),
    onDropdownClose: () => combobox.focusTarget(),
  });
  return (
    <Combobox store={combobox} position="bottom-start" width={280} shadow="md" withinPortal>
      <Combobox.Target targetType="button">
        <button
          ref={button}
          type="button"
          className={classes.button}
          aria-label={`Host: ${name}. Show another`}
          title={name}
          data-host-switch
          onClick={() => combobox.toggleDropdown()}
        >
          <IconServer size={16} stroke={1.7} aria-hidden="true" />
          <span className={classes.name}>{name}</span>
          <IconChevronDown size={14} stroke={1.8} aria-hidden="true" className={classes.arrow} />
        </button>
      </Combobox.Target>
      <Combobox.Dropdown>
        {combobox.dropdownOpened && <Choice onDone={combobox.closeDropdown} />}
      </Combobox.Dropdown>
    </Combobox>
  );
}

function Choice({ onDone }: { onDone: () => void }) {
  const [typed, setTyped] = useState('');
  const hosts = useFleet((fleet) => fleet.hosts);
  const shown = useShownHostId() ?? hereOf({ hosts })?.hostId;
  const show = useShowHost();
  const found = useMemo(() => {
    const words = typed.trim().toLowerCase();
    return inFleetOrder(Object.values(hosts)).filter(({ name, hostId }) =>
      `${name} ${hostId}`.toLowerCase().includes(words),
    );
  }, [hosts, typed]);
  return (
    <Combobox.Options className={classes.list ?? ''} aria-label="Hosts">
      <Combobox.Search
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        placeholder="Find a host"
        aria-label="Find a host"
      />
      {found.length === 0 && <Combobox.Empty>No host is called that.</Combobox.Empty>}
      {found.slice(0, MOST).map((host) => {
        const display = hostState(host);
        return (
          <Combobox.Option
            key={host.hostId}
            value={host.hostId}
            active={host.hostId === shown}
            aria-current={host.hostId === shown ? 'true' : undefined}
            onClick={() => {
              onDone();
              show(host.state === 'here' ? null : host.hostId);
            }}
          >
            <span className={classes.option}>
              <StateIcon state={display.state} size={14} />
              <span className={classes.name}>{host.name}</span>
              <span className={classes.word}>{host.state === 'here' ? 'this host' : display.word}</span>
            </span>
          </Combobox.Option>
        );
      })}
      {found.length > MOST && (
        <Combobox.Footer>{found.length - MOST} more: type to find one.</Combobox.Footer>
      )}
    </Combobox.Options>
  );
}
