import { Button, Select, Skeleton } from '@mantine/core';
import { IconDownload, IconHistory, IconSearchOff } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { type ActionKind, type ActionOrigin, actionKindSchema } from '../../../shared/model/action.ts';
import { downloadCsv } from '../../charts/download.ts';
import { csvFileName } from '../../charts/history-rows.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { actionWords, originWords } from '../../components/happened.ts';
import { errorMessage, toastError } from '../../components/toast.tsx';
import { useHost } from '../../state/host-store.ts';
import { actionsCsv } from './actions-csv.ts';
import { ActionsTable } from './actions-table.tsx';
import classes from './incidents-screen.module.css';
import { type ActionFilter, allActions, eachOnce, useActionPages } from './use-action-pages.ts';

const origins: readonly ActionOrigin[] = ['monitor', 'user', 'scheduler'];

/** The audit: everything that was done to skills and settings, by whom, why, and what came of it. */
export function ActionsPanel() {
  const { kind = null, skill = null, who = null } = useSearch({ from: '/incidents' });
  const navigate = useNavigate({ from: '/incidents' });
  const filter = useMemo<ActionFilter>(() => ({ origin: who, kind, skillId: skill }), [who, kind, skill]);
  const order = useHost((state) => state.order);
  const query = useActionPages(filter);
  const actions = useMemo(() => (query.data === undefined ? null : eachOnce(query.data.pages)), [query.data]);
  const [exporting, setExporting] = useState(false);
  const set = (change: {
    who?: ActionOrigin | undefined;
    kind?: ActionKind | undefined;
    skill?: string | undefined;
  }) => void navigate({ search: (search) => ({ ...search, ...change }), replace: true, resetScroll: false });
  const clear = () => set({ who: undefined, kind: undefined, skill: undefined });

  async function save(): Promise<void> {
    setExporting(true);
    try {
      downloadCsv(csvFileName('actions', Date.now()), actionsCsv(await allActions(filter)));
    } catch (error) {
      toastError('The actions could not be saved', error, { key: 'actions-csv' });
    } finally {
      setExporting(false);
    }
  }

  return (
    <section className={classes.panel} aria-label="Actions">
      <div className={classes.filters}>
        <Select
          size="xs"
          className={classes.select ?? ''}
          aria-label="Who"
          placeholder="Anybody"
          data={origins.map((value) => ({ value, label: whoInWords(value) }))}
          value={who}
          onChange={(next) => set({ who: (next as ActionOrigin | null) ?? undefined })}
          clearable
          clearButtonProps={{ 'aria-label': 'Anybody' }}
        />
        <Select
          size="xs"
          className={classes.select ?? ''}
          aria-label="What"
          placeholder="Anything"
          data={actionKindSchema.options.map((value) => ({ value, label: kindInWords(value) }))}
          value={kind}
          onChange={(next) => set({ kind: (next as ActionKind | null) ?? undefined })}
          searchable
          clearable
          clearButtonProps={{ 'aria-label': 'Anything' }}
        />
        <Select
          size="xs"
          className={classes.select ?? ''}
          aria-label="Skill"
          placeholder="Every skill"
          data={skill === null || order.includes(skill) ? [...order] : [skill, ...order]}
          value={skill}
          onChange={(next) => set({ skill: next ?? undefined })}
          searchable
          clearable
          clearButtonProps={{ 'aria-label': 'Every skill' }}
        />
        <Button
          className={classes.push ?? ''}
          leftSection={<IconDownload size={14} aria-hidden />}
          loading={exporting}
          disabled={actions === null || actions.length === 0}
          onClick={() => void save()}
        >
          CSV
        </Button>
      </div>
      {actions === null && query.error === null && (
        <Skeleton height={240} radius="lg" role="status" aria-label="Loading the actions" />
      )}
      {actions === null && query.error !== null && (
        <EmptyState
          title="The actions could not be loaded"
          action={<Button onClick={() => void query.refetch()}>Try again</Button>}
        >
          {errorMessage(query.error)}
        </EmptyState>
      )}
      {actions?.length === 0 && (
        <Nothing filtered={who !== null || kind !== null || skill !== null} onClear={clear} />
      )}
      {actions !== null && actions.length > 0 && <ActionsTable actions={actions} />}
      {query.hasNextPage && (
        <Button
          className={classes.more ?? ''}
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          Show older ones
        </Button>
      )}
    </section>
  );
}

function whoInWords(origin: ActionOrigin): string {
  const words = originWords(origin);
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

function kindInWords(kind: ActionKind): string {
  return actionWords(kind)?.title ?? 'Told people';
}

function Nothing({ filtered, onClear }: { filtered: boolean; onClear(): void }) {
  return (
    <div className="sw-card">
      {filtered ? (
        <EmptyState
          icon={<IconSearchOff size={26} stroke={1.6} />}
          title="No action is like that"
          action={<Button onClick={onClear}>Clear the filters</Button>}
        >
          There may be others: the filters hide them.
        </EmptyState>
      ) : (
        <EmptyState icon={<IconHistory size={26} stroke={1.6} />} title="Nothing has been done yet">
          Every restart, quarantine, notice and order stands here, with who gave it and why.
        </EmptyState>
      )}
    </div>
  );
}
