import { basename } from 'node:path';
import { app, type BrowserWindow, dialog } from 'electron';
import type { CommandAnswer } from '../../../shared/contract/index.ts';
import type { AskHost } from './ask-host.ts';
import type { HouseState } from './house-state.ts';
import { installQuestion, installVerb, problemOf } from './install-question.ts';

export interface InstallPorts {
  readonly ask: AskHost;
  readonly house: HouseState;
  report(message: string, error: unknown): void;
}

/**
 * Installs or updates a skill that a person dropped on the window: shows what it is, and only when they agree tells the
 * host to install it, as the owner of the machine. Never throws: failures are shown.
 */
export async function installDropped(
  window: BrowserWindow,
  path: string,
  { ask, house, report }: InstallPorts,
): Promise<void> {
  const name = basename(path);
  try {
    const inspected = await ask('skill.inspect', { path });
    if (inspected.error !== null) throw new Error(inspected.error.message);
    const { facts } = inspected.payload as CommandAnswer<'skill.inspect'>;
    const problem = problemOf(facts);
    if (problem !== null) return await say(window, `${name} cannot be installed.`, problem);
    const installed = facts.id === null ? undefined : house.skill(facts.id);
    const verb = installVerb(facts);
    const { response } = await dialog.showMessageBox(window, {
      type: 'question',
      message: `${verb} ${facts.name}?`,
      detail: installQuestion(facts, path, installed?.version ?? null),
      buttons: [`${verb} and start`, 'Cancel'],
      defaultId: 1,
      cancelId: 1,
      noLink: true,
    });
    if (response !== 0) return;
    const answer = await ask('skill.install', { path });
    if (answer.error !== null)
      return await say(window, `${name} could not be installed.`, answer.error.message);
    const { skill } = answer.payload as CommandAnswer<'skill.install'>;
    const waits = skill.process.state === 'failed' ? (skill.process.cause?.message ?? '') : '';
    if (waits !== '') await say(window, `${skill.name} is installed but does not run yet.`, waits);
  } catch (error) {
    report(`installing ${path}`, error);
    await say(
      window,
      `${name} could not be installed.`,
      error instanceof Error ? error.message : String(error),
    );
  }
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
