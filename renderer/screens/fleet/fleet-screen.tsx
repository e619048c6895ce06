import { MultiSelect, Skeleton, TextInput } from '@mantine/core';
import { IconFilter } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { memo, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { inFleetOrder, usualVersion } from '../../components/fleet/host-words.ts';
import { Guard } from '../../components/guard.tsx';
import { ScreenHeader } from '../../components/screen-header.tsx';
import { type Fleet, isInFleet, useFleet } from '../../state/fleet.ts';
import { changeHosts, nothingSelected, within } from '../../state/selection.ts';
import { useTyped } from '../../state/use-typed.ts';
import { FleetBar } from './fleet-bar.tsx';
import { FleetChips } from './fleet-chips.tsx';
import { NoFleet, NoHostPasses } from './fleet-empty.tsx';
import { fleetSentence, labelsOf, passesFleet } from './fleet-filter.ts';
import classes from './fleet-screen.module.css';
import { HostTable } from './host-table.tsx';
import { FixTroubleCard, LinkCard } from './link-card.tsx';
import { useHeldOrder } from './use-held-order.ts';

/** Every host of the fleet: those with skills that need somebody first. */
export function FleetScreen() {
  // A hundred hosts may change twice a second: they are drawn a few at a time, behind whatever a person does meanwhile.
  return <Hosts fleet={useDeferredValue(useFleet())} />;
}

const Hosts = memo(function Hosts({ fleet }: { fleet: Fleet }) {
  const all = useMemo(() => inFleetOrder(Object.values(fleet.hosts)), [fleet.hosts]);
  const { show, q: asked = '', labels = [] } = useSearch({ from: '/fleet' });
  const navigate = useNavigate({ from: '/fleet' });
  const [q, filter] = useTyped(asked, (typed) => {
    const next = typed === '' ? undefined : typed.slice(0, 100);
    void navigate({ search: (search) => ({ ...search, q: next }), replace: true, resetScroll: false });
  });
  const above = useRef<HTMLDivElement>(null);
  const [held, setHeld] = useState(false);
  const passing = all.filter((host) => passesFleet(host, { show, q, labels }));
  const ids = useHeldOrder(
    passing.map(({ hostId }) => hostId),
    held,
  );
  const known = useMemo(() => [...new Set(all.flatMap(labelsOf))].sort(), [all]);
  // A host that is gone or filtered away must not be acted on unseen; nor must any after this screen is left.
  useEffect(() => changeHosts((selection) => within(selection, ids)));
  useEffect(() => () => changeHosts(() => nothingSelected), []);

  if (!fleet.known) {
    return (
      <>
        <ScreenHeader title="Fleet" />
        <Skeleton height={240} radius="lg" role="status" aria-label="Loading the fleet" />
      </>
    );
  }
  if (!isInFleet(fleet)) {
    return (
      <>
        <ScreenHeader title="Fleet" aside="this host stands alone" />
        <NoFleet />
      </>
    );
  }
  const { title, aside } = fleetSentence(all);
  return (
    <>
      <div ref={above}>
        <ScreenHeader title={title} {...(aside === null ? {} : { aside })} />
        {fleet.link !== null && <LinkCard link={fleet.link} />}
        {fleet.link?.fixTrouble !== undefined && <FixTroubleCard trouble={fleet.link.fixTrouble} />}
        <div className={classes.tools}>
          <FleetChips hosts={all} show={show} />
          <div className={classes.right}>
            {known.length > 0 && (
              <MultiSelect
                size="xs"
                className={classes.labels ?? ''}
                aria-label="Labels"
                placeholder={labels.length === 0 ? 'Every label' : ''}
                data={known}
                value={labels.filter((label) => known.includes(label))}
                searchable
                clearable
                clearButtonProps={{ 'aria-label': 'Every label' }}
                nothingFoundMessage="No such label"
                onChange={(next) =>
                  void navigate({
                    search: (search) => ({ ...search, labels: next.length === 0 ? undefined : next }),
                    replace: true,
                  })
                }
              />
            )}
            <TextInput
              size="xs"
              className={classes.filter ?? ''}
              aria-label="Filter hosts"
              data-screen-find
              placeholder="Name, version or label"
              leftSection={<IconFilter size={14} />}
              value={q}
              onChange={(event) => filter(event.currentTarget.value)}
              onKeyDown={(event) => {
                if (event.key === 'Escape') filter('');
              }}
            />
          </div>
        </div>
      </div>
      <Guard what="list of hosts">
        {ids.length === 0 ? (
          <NoHostPasses
            onClear={() => {
              filter('');
              void navigate({ search: ({ host, range }) => ({ host, range }), replace: true });
            }}
          />
        ) : (
          <HostTable ids={ids} hosts={fleet.hosts} above={above} usual={usualVersion(all)} onHold={setHeld} />
        )}
      </Guard>
      <FleetBar />
    </>
  );
});
