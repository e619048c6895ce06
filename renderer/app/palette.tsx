import { Kbd } from '@mantine/core';
import { Spotlight } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { appActions } from './actions.ts';
import { matchActions } from './match-actions.ts';
import { useActionContext } from './use-action-context.ts';

/** Search over everything there is to open or do: Ctrl or Cmd K. Its actions are the registry's, nothing else. */
export function Palette() {
  const [query, setQuery] = useState('');
  return (
    <Spotlight.Root
      query={query}
      onQueryChange={setQuery}
      shortcut="mod + K"
      scrollable
      maxHeight={440}
      overlayProps={{ backgroundOpacity: 0.35 }}
      attributes={{ content: { 'aria-label': 'Find or do anything' } }}
    >
      <Spotlight.Search
        placeholder="Find a skill, or do something…"
        aria-label="Find or do anything"
        leftSection={<IconSearch size={18} stroke={1.6} />}
      />
      <Found query={query} />
    </Spotlight.Root>
  );
}

function Found({ query }: { query: string }) {
  const groups = matchActions(appActions(useActionContext()), query);
  return (
    <Spotlight.ActionsList>
      {groups.length === 0 && <Spotlight.Empty>Nothing is called that.</Spotlight.Empty>}
      {groups.map(({ group, actions }) => (
        <Spotlight.ActionsGroup key={group} label={group}>
          {actions.map((action) => (
            <Spotlight.Action
              key={action.id}
              label={action.label}
              {...(action.description === undefined ? {} : { description: action.description })}
              {...(action.keys === undefined ? {} : { rightSection: <Kbd>{action.keys}</Kbd> })}
              onClick={action.run}
            />
          ))}
        </Spotlight.ActionsGroup>
      ))}
    </Spotlight.ActionsList>
  );
}
