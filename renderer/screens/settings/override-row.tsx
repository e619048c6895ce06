import { ActionIcon, SegmentedControl, Tooltip } from '@mantine/core';
import { IconRestore } from '@tabler/icons-react';
import { useId } from 'react';
import type { AppConfig } from '../../../shared/model/config.ts';
import type { Skill } from '../../../shared/model/skill.ts';
import seg from '../../components/range-control.module.css';
import { NumberControl } from './number-control.tsx';
import { SettingLine } from './setting-row.tsx';
import type { SettingsField } from './settings-fields.ts';
import classes from './settings-screen.module.css';
import { originOf, overrideOf, readSetting } from './settings-values.ts';
import { type SettingValue, settingInWords } from './settings-words.ts';
import { useSaveOverride } from './use-settings-commands.ts';

export interface OverrideRowProps {
  readonly skillId: string;
  readonly field: SettingsField;
  readonly config: AppConfig;
  /** The values in force for the skill; undefined when the catalog does not have it. */
  readonly effective: Skill['config'] | undefined;
}

/** One setting of one skill: inherited, from its manifest, or its own with a way back. */
export function OverrideRow({ skillId, field, config, effective }: OverrideRowProps) {
  const id = useId();
  const labelId = `${id}-label`;
  const helpId = `${id}-help`;
  const override = overrideOf(config, skillId);
  const save = useSaveOverride(skillId, field, override);
  const own = override === undefined ? undefined : readSetting(override, field);
  const inForce = effective === undefined ? readSetting(config, field) : readEffective(effective, field);
  const origin = originOf(field, config, override, inForce);
  const refused = save.isError ? save.error.message : null;
  const inherited = inForce === undefined ? '' : settingInWords(field, inForce);

  return (
    <SettingLine
      field={field}
      labelId={labelId}
      helpId={helpId}
      note={
        <span className={origin === 'own' ? classes.own : undefined}>
          {origin === 'own' && 'Set for this skill.'}
          {origin === 'app' && `Inherited (${inherited}).`}
          {origin === 'manifest' && `From its manifest (${inherited}).`}
        </span>
      }
    >
      {own !== undefined && (
        <Tooltip label="Inherit again">
          <ActionIcon
            className={classes.reset}
            aria-label={`Inherit ${field.label} again`}
            disabled={save.isPending}
            onClick={() => save.mutate(null)}
          >
            <IconRestore size={16} />
          </ActionIcon>
        </Tooltip>
      )}
      {field.kind === 'number' && (
        <NumberControl
          field={field}
          value={typeof own === 'number' ? own : undefined}
          placeholder={typeof inForce === 'number' ? inForce : undefined}
          labelId={labelId}
          helpId={helpId}
          saving={save.isPending}
          refused={refused}
          onSave={(next) => save.mutate(next)}
        />
      )}
      {field.kind === 'switch' && (
        <SegmentedControl
          size="xs"
          classNames={seg}
          aria-labelledby={labelId}
          disabled={save.isPending}
          data={[
            {
              value: 'inherited',
              label:
                own === undefined
                  ? `${origin === 'manifest' ? 'Manifest' : 'Inherited'}: ${inherited}`
                  : 'Inherited',
            },
            { value: 'on', label: 'On' },
            { value: 'off', label: 'Off' },
          ]}
          value={own === undefined ? 'inherited' : own === true ? 'on' : 'off'}
          onChange={(next) => save.mutate(next === 'inherited' ? null : next === 'on')}
        />
      )}
    </SettingLine>
  );
}

function readEffective(effective: Skill['config'], field: SettingsField): SettingValue | undefined {
  return readSetting({ health: effective.health, restart: effective.restart }, field);
}
