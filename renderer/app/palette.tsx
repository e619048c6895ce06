import { Spotlight } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, useState } from 'react';
import { shownKeys } from '../components/keys.ts';
import { Keys } from '../components/keys-caps.tsx';
import { useFixes } from '../state/queries.ts';
import { noteRecentAction, recentActions } from '../state/recent-actions.ts';
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
      onSpotlightClose={() => setQuery('')}
      shortcut="mod + K"
      // Also while typing: a person in a search field wants it most.
      tagsToIgnore={[]}
      scrollable
      maxHeight={440}
      overlayProps={{ backgroundOpacity: 0.35 }}
      // What is typed right after the shortcut must arrive in the field, not on the page behind it.
      transitionProps={{ duration: 0 }}
      attributes={{ content: { 'aria-label': 'Find or do anything' } }}
    >
      <Spotlight.Search
        placeholder="Find a skill, or do something…"
        aria-label="Find or do anything"
        leftSection={<IconSearch size={18} stroke={1.6} />}
        onKeyDown={runFirst}
      />
      <Found query={query} />
    </Spotlight.Root>
  );
}

/**
 * Enter runs what is marked, and where nothing is marked the first one found: the mark goes with its row when a live update
 * changes the list between the last letter and Enter.
 */
function runFirst(event: KeyboardEvent<HTMLInputElement>): void {
  if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
  const palette = event.currentTarget.closest('[role="dialog"]');
  if (palette?.querySelector('[data-action][data-selected]') !== null) return;
  palette.querySelector<HTMLElement>('[data-action]')?.click();
}

function Found({ query }: { query: string }) {
  const fixes = useFixes();
  const groups = matchActions(appActions(useActionContext(), fixes.data), query, recentActions());
  return (
    <Spotlight.ActionsList>
      {groups.length === 0 && <Spotlight.Empty>Nothing is called that.</Spotlight.Empty>}
      {groups.map(({ group, actions }) => (
        <Spotlight.ActionsGroup key={group} label={group}>
          {actions.map((action) => (
            <Spotlight.Action
              key={`${group} ${action.id}`}
              label={action.label}
              {...(action.description === undefined ? {} : { description: action.description })}
              {...(action.keys === undefined ? {} : { rightSection: <Keys keys={shownKeys(action.keys)} /> })}
              onClick={() => {
                noteRecentAction(action.id);
                action.run();
              }}
            />
          ))}
        </Spotlight.ActionsGroup>
      ))}
    </Spotlight.ActionsList>
  );
}
