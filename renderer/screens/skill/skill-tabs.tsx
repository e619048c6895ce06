import { Tabs } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { ErrorBoundary } from 'react-error-boundary';
import type { Skill } from '../../../shared/model/skill.ts';
import { OnlyThere } from '../../components/fleet/locked.tsx';
import { IncidentList } from '../../components/incidents/incident-list.tsx';
import { ScreenError } from '../../components/screen-error.tsx';
import { ActionsTab } from './actions-tab.tsx';
import { ChecksTab } from './checks-tab.tsx';
import { ConfigTab } from './config-tab.tsx';
import { HealthTab } from './health-tab.tsx';
import { LogsTab } from './logs-tab.tsx';
import { SetupTab } from './setup/setup-tab.tsx';
import classes from './skill-tabs.module.css';
import { ToolsTab } from './tools/tools-tab.tsx';

const TABS = [
  ['health', 'Health', HealthTab],
  ['checks', 'Checks', ChecksTab],
  ['incidents', 'Incidents', IncidentsTab],
  ['logs', 'Logs', LogsTab],
  ['actions', 'Actions', ActionsTab],
  ['config', 'Config', ConfigTab],
  ['setup', 'Setup', SetupThere],
  ['tools', 'Tools', ToolsThere],
] as const;

/** The parts of the page; which one is open stands in the address, so that a link opens the same. */
export function SkillTabs({ skill }: { skill: Skill }) {
  const { tab } = useSearch({ from: '/skill/$skillId' });
  const navigate = useNavigate({ from: '/skill/$skillId' });
  const open = TABS.find(([id]) => id === tab)?.[0] ?? 'health';
  return (
    <Tabs
      value={open}
      onChange={(next) =>
        void navigate({
          search: (search) => ({ ...search, tab: next === null || next === 'health' ? undefined : next }),
          replace: true,
        })
      }
      keepMounted={false}
      classNames={{ list: classes.list ?? '', tab: classes.tab ?? '' }}
    >
      <Tabs.List aria-label="Parts of this page">
        {TABS.map(([id, label]) => (
          <Tabs.Tab key={id} value={id}>
            {id === 'tools' ? askingLabel(skill) : label}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {TABS.map(([id, label, Content]) => (
        <Tabs.Panel key={id} value={id}>
          <ErrorBoundary
            fallbackRender={({ error, resetErrorBoundary }) => (
              <ScreenError what={`part (${label})`} error={error} resetErrorBoundary={resetErrorBoundary} />
            )}
          >
            <Content skill={skill} />
          </ErrorBoundary>
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}

function SetupThere({ skill }: { skill: Skill }) {
  return (
    <OnlyThere what="Credentials, packages and versions are set up">
      <SetupTab skill={skill} />
    </OnlyThere>
  );
}

function ToolsThere({ skill }: { skill: Skill }) {
  return (
    <OnlyThere what="A skill is spoken to">
      <ToolsTab skill={skill} />
    </OnlyThere>
  );
}

function IncidentsTab({ skill }: { skill: Skill }) {
  return <IncidentList skillId={skill.id} />;
}

/** What a skill can be asked is called differently: a server has tools, a skill is invoked, a one-shot is run. */
function askingLabel({ protocol, mode }: Skill): string {
  if (protocol === 'mcp') return 'Tools';
  return mode === 'one-shot' ? 'Run' : 'Invoke';
}
