import { Button, FileButton } from '@mantine/core';
import { IconDownload, IconRestore, IconUpload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { type AppConfig, appConfigSchema } from '../../../shared/model/config.ts';
import {
  MAX_SETTINGS_FILE_BYTES,
  patchOfChanges,
  type SettingChange,
  settingChanges,
  settingsFileOf,
} from '../../../shared/model/settings-file.ts';
import { call } from '../../bridge/call.ts';
import { download } from '../../components/download.ts';
import { plural } from '../../components/format.ts';
import { undoAction } from '../../components/undo-action.ts';
import { changeConfig } from '../../state/change-config.ts';
import { feedback } from '../../state/feedback.ts';
import { type FoundSettings, ImportSettingsDialog } from './import-settings-dialog.tsx';
import classes from './settings-screen.module.css';

/** All settings at once: to a file, from a file, back to the defaults. Each with a way back. */
export function ExchangeCard({ config }: { config: AppConfig }) {
  const [found, setFound] = useState<FoundSettings | null>(null);
  const save = useMutation({
    mutationFn: () => call('config.export', {}),
    onSuccess: (file) => {
      const day = new Date().toISOString().slice(0, 10);
      download(`skillward-settings-${day}.json`, `${JSON.stringify(file, null, 2)}\n`);
    },
    onError: (error) => feedback.error('The settings could not be exported', error),
  });
  const look = useMutation({
    mutationFn: async (chosen: File): Promise<FoundSettings> => {
      const file = await readJson(chosen);
      const { changes } = await call('config.import', { file, mode: 'preview' });
      return { name: chosen.name, file, changes };
    },
    onSuccess: setFound,
  });
  const changes = resettable(config);
  const reset = useMutation({
    mutationFn: (all: readonly SettingChange[]) =>
      changeConfig(
        patchOfChanges(
          all.map(({ path, from }) => ({ path, from, to: null })),
          'to',
        ),
      ),
    onSuccess: (_done, all) =>
      feedback.done(`${plural(all.length, 'setting', 'settings')} back at the default`, {
        key: 'settings',
        action: undoAction(() => changeConfig(patchOfChanges(all, 'from'))),
      }),
    onError: (error) => feedback.error('The settings could not be reset', error),
  });

  return (
    <>
      <Line
        label="Export"
        help="A file to keep or to take to another machine. Without folders, keys and credentials."
      >
        <Button
          leftSection={<IconDownload size={15} aria-hidden />}
          loading={save.isPending}
          onClick={() => save.mutate()}
        >
          Export settings
        </Button>
      </Line>
      <Line
        label="Import"
        help="Says first what would change. What the file does not name stays; its own settings of skills replace those here."
        problem={look.isError ? look.error.message : null}
      >
        <FileButton accept="application/json,.json" onChange={(file) => file !== null && look.mutate(file)}>
          {(props) => (
            <Button {...props} leftSection={<IconUpload size={15} aria-hidden />} loading={look.isPending}>
              Import settings…
            </Button>
          )}
        </FileButton>
      </Line>
      <Line
        label="Back to the defaults"
        help={
          changes.length === 0
            ? 'Every setting is at its default.'
            : `${plural(changes.length, 'setting differs', 'settings differ')} from the default, those of single skills included. Folders stay.`
        }
      >
        <Button
          leftSection={<IconRestore size={15} aria-hidden />}
          disabled={changes.length === 0}
          loading={reset.isPending}
          onClick={() => reset.mutate(changes)}
        >
          Reset all settings
        </Button>
      </Line>
      {found !== null && <ImportSettingsDialog found={found} onClose={() => setFound(null)} />}
    </>
  );
}

/** What differs from a config nobody has touched. */
function resettable(config: AppConfig): readonly SettingChange[] {
  const { settings } = settingsFileOf(appConfigSchema.parse({}));
  return settingChanges(config, settings);
}

/** Throws with a sentence for people. */
async function readJson(file: File): Promise<unknown> {
  if (file.size > MAX_SETTINGS_FILE_BYTES)
    throw new Error(`${file.name} is larger than 1 MiB, so it is no settings file.`);
  try {
    return JSON.parse(await file.text());
  } catch (error) {
    throw new Error(`${file.name} is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function Line(props: { label: string; help: string; problem?: string | null; children: ReactNode }) {
  const { label, help, problem = null, children } = props;
  return (
    <div className={classes.row}>
      <div className={classes.words}>
        <div className={classes.label}>{label}</div>
        <div className={classes.help}>{help}</div>
        {problem !== null && (
          <p className={classes.problem} role="alert">
            {problem}
          </p>
        )}
      </div>
      <div className={classes.controls}>{children}</div>
    </div>
  );
}
