import { Button, MultiSelect } from '@mantine/core';
import { IconFileText } from '@tabler/icons-react';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { EmptyState } from '../../components/empty-state.tsx';
import { HostScope } from '../../components/fleet/host-scope.tsx';
import { plural } from '../../components/format.ts';
import { LogView } from '../../components/logs/log-view.tsx';
import { ScreenHeader } from '../../components/screen-header.tsx';
import { useHost } from '../../state/host-store.ts';
import { FleetLogs } from './fleet-logs.tsx';
import classes from './logs-screen.module.css';

/** What all skills write, merged by time. Whose lines and which of them stands in the address. */
export function LogsScreen() {
  const loaded = useHost((state) => state.loaded);
  const order = useHost((state) => state.order);
  const { skills: asked, hosts, ...filter } = useSearch({ from: '/logs' });
  const navigate = useNavigate({ from: '/logs' });
  const chosen = useMemo(() => asked ?? [], [asked]);
  // A skill that is gone may have left its log: it stays to be chosen while it is.
  const options = useMemo(() => [...new Set([...order, ...chosen])], [order, chosen]);

  return (
    <>
      <ScreenHeader
        title="What they wrote"
        aside={
          hosts === 'all'
            ? 'on every host'
            : chosen.length === 0
              ? 'every skill'
              : plural(chosen.length, 'skill', 'skills')
        }
      >
        <HostScope
          all={hosts === 'all'}
          onChange={(all) =>
            void navigate({
              search: ({ host, range, find, level }) => ({
                host,
                range,
                find,
                level,
                ...(all ? { hosts: 'all' } : {}),
              }),
            })
          }
        />
      </ScreenHeader>
      {hosts === 'all' ? (
        <FleetLogs
          find={filter.find ?? ''}
          level={filter.level}
          onFilter={(change) =>
            void navigate({
              search: (search) => ({ ...search, ...change }),
              replace: true,
              resetScroll: false,
            })
          }
        />
      ) : loaded && options.length === 0 ? (
        <div className="sw-card">
          <EmptyState
            icon={<IconFileText size={26} stroke={1.6} />}
            title="No skills yet"
            action={
              <Button component={Link} to="/">
                To the overview
              </Button>
            }
          >
            What skills write appears here as soon as there is one.
          </EmptyState>
        </div>
      ) : (
        <div className={classes.panel}>
          <MultiSelect
            size="xs"
            className={classes.sources ?? ''}
            aria-label="Skills"
            placeholder={chosen.length === 0 ? 'Every skill' : 'Add a skill'}
            data={options}
            value={[...chosen]}
            searchable
            clearable
            clearButtonProps={{ 'aria-label': 'Every skill' }}
            hidePickedOptions
            maxValues={100}
            nothingFoundMessage="No such skill"
            onChange={(next) =>
              void navigate({
                search: (search) => ({
                  ...search,
                  skills: next.length === 0 ? undefined : next,
                  line: undefined,
                }),
                replace: true,
              })
            }
          />
          <LogView
            skillIds={chosen}
            filter={filter}
            onFilter={(change, push) =>
              void navigate({ search: (search) => ({ ...search, ...change }), replace: push !== true })
            }
          />
        </div>
      )}
    </>
  );
}
