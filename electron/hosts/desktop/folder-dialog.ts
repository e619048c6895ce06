import { type BrowserWindow, dialog } from 'electron';
import type { AskHost } from './ask-host.ts';
import type { HouseState } from './house-state.ts';

/** Lets a person choose a skills folder in the system's own dialog: the only way a path gets in from the desktop. */
export async function addSkillsFolder(
  window: BrowserWindow | null,
  ask: AskHost,
  house: HouseState,
): Promise<void> {
  const options = {
    title: 'Add a skills folder',
    message: 'A folder with one folder per skill, or single Python files',
    buttonLabel: 'Add',
    properties: ['openDirectory', 'createDirectory'] as ('openDirectory' | 'createDirectory')[],
  };
  const { canceled, filePaths } =
    window === null ? await dialog.showOpenDialog(options) : await dialog.showOpenDialog(window, options);
  const [folder] = filePaths;
  if (canceled || folder === undefined) return;
  const { folders } = house.config.skills;
  const answer = folders.includes(folder)
    ? await ask('skills.reload', {})
    : await ask('config.patch', { skills: { folders: [...folders, folder] } });
  if (answer.error !== null) dialog.showErrorBox('The folder was not added', answer.error.message);
}
