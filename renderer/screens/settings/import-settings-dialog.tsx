import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { patchOfChanges, type SettingChange } from '../../../shared/model/settings-file.ts';
import { call } from '../../bridge/call.ts';
import { plural } from '../../components/format.ts';
import { undoAction } from '../../components/undo-action.ts';
import { changeConfig } from '../../state/change-config.ts';
import { feedback } from '../../state/feedback.ts';
import { useHost } from '../../state/host-store.ts';
import { changeInWords } from './change-words.ts';
import classes from './settings-screen.module.css';

/** A settings file that was read, and what it would change. */
export interface FoundSettings {
  readonly name: string;
  readonly file: unknown;
  readonly changes: readonly SettingChange[];
}

/** Everything an import would change, before it does; then it is one change, which can be taken back. */
export function ImportSettingsDialog({ found, onClose }: { found: FoundSettings; onClose: () => void }) {
  const { name, file, changes } = found;
  const apply = useMutation({
    mutationFn: () => call('config.import', { file, mode: 'apply' }),
    onSuccess: ({ changes: done, config }) => {
      useHost.setState({ settings: config });
      feedback.done(`${plural(done.length, 'setting', 'settings')} imported`, {
        key: 'settings',
        action: undoAction(() => changeConfig(patchOfChanges(done, 'from'))),
      });
      onClose();
    },
    onError: (error) => feedback.error('Nothing was imported', error),
  });
  return (
    <Modal opened onClose={onClose} title={`Import ${name}`} size="lg">
      <Stack gap="md">
        {changes.length === 0 ? (
          <Text size="sm">Nothing would change: these settings are in force already.</Text>
        ) : (
          <>
            <Text size="sm">{plural(changes.length, 'setting changes', 'settings change')}:</Text>
            <div className={classes.changes}>
              <table>
                <thead>
                  <tr>
                    <th scope="col">Setting</th>
                    <th scope="col">Now</th>
                    <th scope="col">In the file</th>
                  </tr>
                </thead>
                <tbody>
                  {changes.map((change) => {
                    const { label, from, to } = changeInWords(change);
                    return (
                      <tr key={change.path}>
                        <th scope="row" title={change.path}>
                          {label}
                        </th>
                        <td>{from}</td>
                        <td>{to}</td>
                      </tr>
                    );
                  })}
                </tbody>
              </table>
            </div>
          </>
        )}
        <Group justify="flex-end">
          <Button onClick={onClose}>{changes.length === 0 ? 'Close' : 'Cancel'}</Button>
          {changes.length > 0 && (
            <Button variant="filled" loading={apply.isPending} onClick={() => apply.mutate()} data-autofocus>
              Import {plural(changes.length, 'setting', 'settings')}
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  );
}
