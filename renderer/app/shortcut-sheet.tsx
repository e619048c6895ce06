import { Modal } from '@mantine/core';
import { shownKeys } from '../components/keys.ts';
import { Keys } from '../components/keys-caps.tsx';
import { skillActionKinds } from '../state/skill-action-list.ts';
import { appActions } from './actions.ts';
import classes from './shortcut-sheet.module.css';
import { useActionContext } from './use-action-context.ts';

type Line = readonly [keys: string, what: string];

/** What moves and selects; everything that does something comes from the registry. */
const inList: readonly Line[] = [
  ['Enter', 'Open it'],
  ['↑ ↓', 'Next or previous skill'],
  ['Space', 'Select it'],
  ['Shift+↓', 'Go on selecting'],
  ['Mod+A', 'Select all'],
  ['Esc', 'Select none'],
];

/** Every shortcut on one page: `?`. */
export function ShortcutSheet({ onClose }: { onClose: () => void }) {
  const anywhere = appActions({ ...useActionContext(), skillId: null }).flatMap(({ keys, label }): Line[] =>
    keys === undefined ? [] : [[shownKeys(keys), label]],
  );
  return (
    <Modal opened onClose={onClose} title="Keyboard shortcuts" size="lg">
      <div className={classes.columns}>
        <Column title="Anywhere" lines={[['Mod+K', 'Find or do anything'], ...anywhere]} />
        <Column title="On a skill, or on all that are selected" lines={onSkill()} />
      </div>
    </Modal>
  );
}

/** Actions that share a key stand in one line: which of them it is depends on the skill. */
function onSkill(): readonly Line[] {
  const byKey = new Map<string, string[]>();
  for (const { keys, label } of skillActionKinds) {
    if (keys !== null) byKey.set(keys, [...(byKey.get(keys) ?? []), label.replace(/…$/, '')]);
  }
  return [
    ...[...byKey].map(([keys, labels]): Line => [keys, labels.join(' or ').replace(/ or (\w)/g, lower)]),
    ...inList,
  ];
}

function lower(_all: string, first: string): string {
  return ` or ${first.toLowerCase()}`;
}

function Column({ title, lines }: { title: string; lines: readonly Line[] }) {
  return (
    <section>
      <h3 className={classes.title}>{title}</h3>
      <dl className={classes.list}>
        {lines.map(([keys, what]) => (
          <div key={what} className={classes.line}>
            <dt>{what}</dt>
            <dd>
              <Keys keys={keys} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
