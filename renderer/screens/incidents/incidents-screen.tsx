import { Tabs } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { plural } from '../../components/format.ts';
import { ScreenHeader } from '../../components/screen-header.tsx';
import { useHost } from '../../state/host-store.ts';
import { ActionsPanel } from './actions-panel.tsx';
import { IncidentsPanel } from './incidents-panel.tsx';
import classes from './incidents-screen.module.css';

/** What is wrong and was wrong, and everything that was done about it. */
export function IncidentsScreen() {
  const { tab } = useSearch({ from: '/incidents' });
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
      <ScreenHeader title={title} {...(taken > 0 ? { aside: `${taken} acknowledged` } : {})} />
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
          <IncidentsPanel />
        </Tabs.Panel>
        <Tabs.Panel value="actions">
          <ActionsPanel />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
