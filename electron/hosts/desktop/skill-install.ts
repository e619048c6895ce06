import { cp, mkdir, rename, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { app, type BrowserWindow, dialog } from 'electron';
import type { AskHost } from './ask-host.ts';
import type { HouseState } from './house-state.ts';
import { installQuestion, type SkillFacts } from './install-question.ts';

export interface InstallPorts {
  readonly ask: AskHost;
  readonly house: HouseState;
  /** Where dropped skills are copied to; a skills folder like any other. */
  readonly installedFolder: string;
  /** Reads what lies at a path, executing nothing; null when it is no skill. */
  inspect(path: string): Promise<SkillFacts | null>;
  report(message: string, error: unknown): void;
}

/**
 * Installs a skill folder or single-file skill that a person dropped on the window: shows what it is, and only when
 * they agree copies it to `installedFolder`, which is made one of the skills folders. Never throws: failures are shown.
 */
export async function installDropped(
  window: BrowserWindow,
  path: string,
  ports: InstallPorts,
): Promise<void> {
  try {
    const facts = await ports.inspect(path);
    if (facts === null || facts.problem !== null) {
      await say(
        window,
        `${basename(path)} cannot be installed.`,
        facts?.problem ??
          'It is no skill: drop a folder with a manifest.toml, or a Python file with a [tool.skillward] block.',
      );
      return;
    }
    if (ports.house.skill(facts.id) !== undefined) {
      await say(
        window,
        `There is a skill called ${facts.id} already.`,
        'Remove that one first, or give this one another id.',
      );
      return;
    }
    const { response } = await dialog.showMessageBox(window, {
      type: 'question',
      message: `Install ${facts.name}?`,
      detail: installQuestion(facts, path, ports.installedFolder),
      buttons: ['Install and start', 'Cancel'],
      defaultId: 1,
      cancelId: 1,
      noLink: true,
    });
    if (response !== 0) return;
    await copySkill(path, facts.id, ports.installedFolder);
    await readAgain(ports);
  } catch (error) {
    ports.report(`installing ${path}`, error);
    await say(
      window,
      `${basename(path)} could not be installed.`,
      error instanceof Error ? error.message : String(error),
    );
  }
}

/** Copied under another name first, so that the catalog never sees half a skill. Links are kept as links. */
async function copySkill(path: string, id: string, installedFolder: string): Promise<void> {
  await mkdir(installedFolder, { recursive: true, mode: 0o700 });
  const isFolder = (await stat(path)).isDirectory();
  const target = join(installedFolder, isFolder ? id : `${id}.py`);
  const half = join(installedFolder, `.${id}-${process.pid}.part`);
  try {
    await cp(path, half, { recursive: true, errorOnExist: true, force: false, verbatimSymlinks: true });
    await rename(half, target);
  } finally {
    await rm(half, { recursive: true, force: true });
  }
}

async function readAgain({ ask, house, installedFolder }: InstallPorts): Promise<void> {
  const { folders } = house.config.skills;
  // Adding the folder reads it; one that is there already has to be read again.
  const answer = folders.includes(installedFolder)
    ? await ask('skills.reload', {})
    : await ask('config.patch', { skills: { folders: [...folders, installedFolder] } });
  if (answer.error !== null) throw new Error(answer.error.message);
}

async function say(window: BrowserWindow, message: string, detail: string): Promise<void> {
  await dialog.showMessageBox(window, {
    type: 'warning',
    title: app.getName(),
    message,
    detail,
    buttons: ['OK'],
  });
}
