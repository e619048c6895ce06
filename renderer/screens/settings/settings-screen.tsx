import { Button, CloseButton, Skeleton, TextInput } from '@mantine/core';
import { IconSearch, IconSearchOff } from '@tabler/icons-react';
import { useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { type ReactNode, useEffect } from 'react';
import type { AppConfig } from '../../../shared/model/config.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { OwnerOnly } from '../../components/fleet/locked.tsx';
import { Guard } from '../../components/guard.tsx';
import { ScreenHeader } from '../../components/screen-header.tsx';
import { useHost } from '../../state/host-store.ts';
import { useShownHostId } from '../../state/shown-host.ts';
import { useTyped } from '../../state/use-typed.ts';
import { AdviceKeyRow } from './advice-key-row.tsx';
import { DiagnosticsCard } from './diagnostics-card.tsx';
import { ExchangeCard } from './exchange-card.tsx';
import { AddressRow, JoinRow, LabelsRow, LinkRow, RoleRow } from './fleet-rows.tsx';
import { FoldersCard } from './folders-card.tsx';
import { MuteRow, TestRow } from './notify-rows.tsx';
import { OverridesCard } from './overrides-card.tsx';
import { SettingRow } from './setting-row.tsx';
import { settingsFields, settingsSections } from './settings-fields.ts';
import classes from './settings-screen.module.css';
import { type SettingsCardId, type SettingsHits, searchSettings, settingsCards } from './settings-search.ts';
import { readSetting } from './settings-values.ts';

/** Everything a person can set, saved at once, each with its meaning, range and default. */
export function SettingsScreen() {
  const { q: asked = '', section } = useSearch({ from: '/settings' });
  const navigate = useNavigate({ from: '/settings' });
  const config = useHost((state) => state.settings);
  const [q, search] = useTyped(
    asked,
    (next) =>
      void navigate({
        resetScroll: false,
        search: ({ section: _section, ...rest }) => ({
          ...rest,
          q: next === '' ? undefined : next.slice(0, 100),
        }),
        replace: true,
      }),
  );
  const hits = searchSettings(q);
  const away = useShownHostId() !== null;

  const router = useRouter();
  const ready = config !== null;
  useEffect(() => {
    const scroll = () => {
      if (ready && section !== undefined) document.getElementById(`settings-${section}`)?.scrollIntoView();
    };
    scroll();
    // Coming from another screen, the router puts the page back to its top once it is drawn: once more, and only once,
    // because later navigations on this screen must leave the page where it is.
    const end = router.subscribe('onRendered', () => {
      end();
      scroll();
    });
    return end;
  }, [router, ready, section]);

  return (
    <>
      <ScreenHeader
        title="Settings"
        aside={away ? 'only “General” can be set from here' : 'saved at once, in force at the next check'}
      >
        <TextInput
          aria-label="Find a setting"
          data-screen-find
          placeholder="Find a setting"
          size="xs"
          className={classes.search ?? ''}
          value={q}
          onChange={(event) => search(event.currentTarget.value)}
          leftSection={<IconSearch size={14} aria-hidden />}
          rightSection={
            q !== '' && <CloseButton size="xs" aria-label="Clear the search" onClick={() => search('')} />
          }
        />
      </ScreenHeader>
      {config === null ? (
        <Skeleton height={320} radius="lg" role="status" aria-label="Loading settings" />
      ) : hits.cards.size === 0 ? (
        <div className="sw-card">
          <EmptyState
            icon={<IconSearchOff size={26} stroke={1.6} />}
            title="No setting has these words"
            action={<Button onClick={() => search('')}>Clear the search</Button>}
          >
            The search looks at names and explanations. What a skill itself reads is in its manifest.
          </EmptyState>
        </div>
      ) : (
        <div className={classes.layout}>
          <SectionList hits={hits} current={section} />
          <div className={classes.cards}>
            {settingsCards
              .filter(({ id }) => hits.cards.has(id))
              .map(({ id, title }) => (
                <Card key={id} id={id} title={title}>
                  <Guard what="card">
                    <OwnCard id={id}>
                      <CardBody id={id} config={config} hits={hits} />
                    </OwnCard>
                  </Guard>
                </Card>
              ))}
          </div>
        </div>
      )}
    </>
  );
}

function SectionList({ hits, current }: { hits: SettingsHits; current: string | undefined }) {
  const navigate = useNavigate({ from: '/settings' });
  return (
    <nav className={classes.sections} aria-label="Sections of the settings">
      {settingsCards
        .filter(({ id }) => hits.cards.has(id))
        .map(({ id, title }) => (
          <button
            key={id}
            type="button"
            aria-current={current === id ? 'true' : undefined}
            onClick={() => {
              void navigate({
                resetScroll: false,
                search: (search) => ({ ...search, section: id }),
                replace: true,
              });
              document.getElementById(`settings-${id}`)?.scrollIntoView();
            }}
          >
            {title}
          </button>
        ))}
    </nav>
  );
}

function Card({ id, title, children }: { id: SettingsCardId; title: string; children: ReactNode }) {
  const help = settingsSections.find(({ section }) => section === id)?.help;
  return (
    <section
      id={`settings-${id}`}
      className={`sw-card ${classes.card}`}
      aria-labelledby={`settings-title-${id}`}
    >
      <header className={classes.cardHeader}>
        <h2 id={`settings-title-${id}`}>{title}</h2>
        {help !== undefined && <p className={classes.help}>{help}</p>}
      </header>
      {children}
    </section>
  );
}

/** `general` is about this dashboard wherever it looks; everything else is its host's own. */
function OwnCard({ id, children }: { id: SettingsCardId; children: ReactNode }) {
  return id === 'general' ? children : <OwnerOnly>{children}</OwnerOnly>;
}

function CardBody({ id, config, hits }: { id: SettingsCardId; config: AppConfig; hits: SettingsHits }) {
  const desktop = useHost((state) => state.host?.hostKind === 'desktop');
  switch (id) {
    case 'overrides':
      return <OverridesCard config={config} />;
    case 'exchange':
      return <ExchangeCard config={config} />;
    case 'notifications':
      return (
        <>
          <FieldRows id={id} config={config} hits={hits} />
          <MuteRow />
          <TestRow />
        </>
      );
    case 'folders':
      return <FoldersCard config={config} />;
    case 'diagnostics':
      return <DiagnosticsCard />;
    case 'advice':
      return (
        <>
          <FieldRows id={id} config={config} hits={hits} />
          {desktop && <AdviceKeyRow />}
        </>
      );
    case 'fleet':
      return (
        <>
          <LinkRow />
          <FieldRows id={id} config={config} hits={hits} />
          <LabelsRow labels={config.fleet.labels} />
          <RoleRow role={config.fleet.role} />
          <JoinRow enabled={config.fleet.enabled} />
        </>
      );
    case 'telemetry':
      return (
        <>
          <FieldRows id={id} config={config} hits={hits} />
          <AddressRow telemetry={config.telemetry} />
        </>
      );
    default:
      return <FieldRows id={id} config={config} hits={hits} />;
  }
}

function FieldRows({ id, config, hits }: { id: SettingsCardId; config: AppConfig; hits: SettingsHits }) {
  const desktop = useHost((state) => state.host?.hostKind === 'desktop');
  return settingsFields
    .filter((field) => field.section === id && hits.fields.has(field))
    .map((field) => {
      const value = readSetting(config, field);
      if (value === undefined) return null;
      const locked = field.desktopOnly === true && !desktop ? 'Only in the desktop app.' : null;
      return <SettingRow key={field.key} field={field} value={value} locked={locked} />;
    });
}
