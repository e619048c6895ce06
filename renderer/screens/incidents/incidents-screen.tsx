import { Tabs } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { HostScope } from '../../components/fleet/host-scope.tsx';
import { plural } from '../../components/format.ts';
import { ScreenHeader } from '../../components/screen-header.tsx';
import { useHost } from '../../state/host-store.ts';
import { ActionsPanel } from './actions-panel.tsx';
import { FleetIncidentsPanel } from './fleet-incidents-panel.tsx';
import { IncidentsPanel } from './incidents-panel.tsx';
import classes from './incidents-screen.module.css';

/** What is wrong and was wrong, and everything that was done about it. */
export function IncidentsScreen() {
  const { tab, hosts } = useSearch({ from: '/incidents' });
  const navigate = useNavigate({ from: '/incidents' });
  const open = useHost((state) => state.incidents.filter((one) => one.state === 'open').length);
  const taken = useHost((state) => state.incidents.filter((one) => one.state === 'acknowledged').length);
  const title =
    open > 0
      ? `${plural(open, 'incident is', 'incidents are')} open`
      : taken > 0
        ? 'Every incident is looked after'
        : 'No incident is open';
  return (
    <>
      <ScreenHeader
        title={hosts === 'all' ? 'Incidents of every host' : title}
        {...(taken > 0 && hosts !== 'all' ? { aside: `${taken} acknowledged` } : {})}
      >
        {tab !== 'actions' && (
          <HostScope
            all={hosts === 'all'}
            onChange={(all) =>
              void navigate({
                search: ({ hosts: _hosts, ...search }) => (all ? { ...search, hosts: 'all' } : search),
              })
            }
          />
        )}
      </ScreenHeader>
      <Tabs
        value={tab ?? 'incidents'}
        onChange={(next) =>
          void navigate({
            search: ({ tab: _tab, ...search }) => (next === 'actions' ? { ...search, tab: next } : search),
            replace: true,
          })
        }
        keepMounted={false}
        classNames={{ list: classes.tabs ?? '', tab: classes.tab ?? '' }}
      >
        <Tabs.List aria-label="Parts of this page">
          <Tabs.Tab value="incidents">Incidents</Tabs.Tab>
          <Tabs.Tab value="actions">Actions</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="incidents">
          {hosts === 'all' ? <FleetIncidentsPanel /> : <IncidentsPanel />}
        </Tabs.Panel>
        <Tabs.Panel value="actions">
          <ActionsPanel />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
