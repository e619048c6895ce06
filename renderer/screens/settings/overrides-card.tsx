import { Select } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { AppConfig } from '../../../shared/model/config.ts';
import { useHost } from '../../state/host-store.ts';
import { OverrideRow } from './override-row.tsx';
import { overrideFields } from './settings-fields.ts';
import classes from './settings-screen.module.css';

/** Settings of one skill: each is inherited until it gets a value of its own. */
export function OverridesCard({ config }: { config: AppConfig }) {
  const { skill: skillId } = useSearch({ from: '/settings' });
  const navigate = useNavigate({ from: '/settings' });
  const order = useHost((state) => state.order);
  const skill = useHost((state) => (skillId === undefined ? undefined : state.skills[skillId]));
  const overridden = Object.keys(config.overrides);
  // A skill that left its folder may still have settings here; they can be seen and taken back.
  const ids = [...order, ...overridden.filter((id) => !order.includes(id))];
  const chosen = skillId !== undefined && ids.includes(skillId) ? skillId : null;

  return (
    <>
      <div className={classes.row}>
        <div className={classes.words}>
          <p className={classes.help}>
            {overridden.length === 0
              ? 'No skill has settings of its own yet.'
              : `With settings of their own: ${overridden.join(', ')}.`}{' '}
            What is set here comes before the skill’s manifest and the settings above.
          </p>
        </div>
        <Select
          aria-label="Settings of which skill"
          placeholder={ids.length === 0 ? 'No skills yet' : 'Choose a skill'}
          searchable
          clearable
          disabled={ids.length === 0}
          nothingFoundMessage="No skill has this name"
          data={ids.map((id) => ({
            value: id,
            label: overridden.includes(id) ? `${id} · own settings` : id,
          }))}
          value={chosen}
          onChange={(next) =>
            void navigate({
              resetScroll: false,
              search: (search) => ({ ...search, skill: next ?? undefined }),
              replace: true,
            })
          }
        />
      </div>
      {chosen !== null &&
        overrideFields.map((field) => (
          <OverrideRow
            key={`${chosen} ${field.section}.${field.key}`}
            skillId={chosen}
            field={field}
            config={config}
            effective={skill?.config}
          />
        ))}
    </>
  );
}
