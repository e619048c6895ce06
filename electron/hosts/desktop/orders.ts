import { join } from 'node:path';
import { app, dialog, shell } from 'electron';
import type { ResponseEnvelope } from '../../../shared/contract/index.ts';
import type { AskHost } from './ask-host.ts';
import { addSkillsFolder } from './folder-dialog.ts';
import type { HouseState } from './house-state.ts';
import type { MainWindow } from './main-window.ts';
import type { DesktopOrder, NamedPlace } from './order.ts';
import type { Resources } from './resources.ts';
import { isInService } from './tray-model.ts';
import { checkForUpdates } from './updates.ts';

const HOUR_MS = 3_600_000;

export interface OrderPorts {
  readonly ask: AskHost;
  readonly house: HouseState;
  readonly window: MainWindow;
  readonly resources: Resources;
  readonly dataDir: string;
  report(message: string, error: unknown): void;
  letWindowsClose(): void;
}

/** Carries out what menus, tray, notifications and links ask for. A refusal is shown, never swallowed. */
export function orderDesk(ports: OrderPorts): (order: DesktopOrder) => void {
  const { ask, house, report, window } = ports;
  return (order) => {
    carryOut(order).catch((error: unknown) => report(`order ${order.kind}`, error));
  };

  async function carryOut(order: DesktopOrder): Promise<void> {
    switch (order.kind) {
      case 'show':
        return window.show();
      case 'go':
        return window.show(order.route);
      case 'skill':
        return tell(await ask(order.command, { skillId: order.skillId }));
      case 'checkAll':
        return tell(await ask('skill.health.check', { all: true }));
      case 'reloadSkills':
        return tell(await ask('skills.reload', {}));
      case 'pauseAll':
        return forEach('skill.stop', (paused) => !paused);
      case 'resumeAll':
        return forEach('skill.start', (paused) => paused);
      case 'muteFor':
        return mute(Date.now() + order.hours * HOUR_MS);
      case 'unmute':
        return mute(null);
      case 'change':
        return tell(await ask('config.patch', order.patch));
      case 'addFolder':
        return addSkillsFolder(window.window, ask, house);
      case 'open':
        return open(order.place);
      case 'about':
        return about();
      case 'checkForUpdates':
        return checkForUpdates(report, ports.letWindowsClose);
      case 'quit':
        return app.quit();
    }
  }

  /** The same setting the bell of the dashboard changes: both show it. */
  async function mute(mutedUntil: number | null): Promise<void> {
    tell(await ask('config.patch', { notifications: { mutedUntil } }));
  }

  async function forEach(
    command: 'skill.stop' | 'skill.start',
    applies: (paused: boolean) => boolean,
  ): Promise<void> {
    const skills = house.skills().filter((skill) => isInService(skill) && applies(skill.paused));
    const answers = await Promise.all(skills.map(({ id }) => ask(command, { skillId: id })));
    const refused = answers.find((answer) => !answer.ok);
    if (refused !== undefined) tell(refused);
  }

  function tell({ error }: ResponseEnvelope): void {
    if (error !== null) dialog.showErrorBox('Skillward could not do that', error.message);
  }

  async function open(place: NamedPlace): Promise<void> {
    const paths: Record<NamedPlace, string> = {
      'data-folder': ports.dataDir,
      logs: join(ports.dataDir, 'logs'),
      'skill-guide': ports.resources.skillGuide,
    };
    const problem = await shell.openPath(paths[place]);
    if (problem !== '') dialog.showErrorBox('It could not be opened', problem);
  }

  async function about(): Promise<void> {
    await dialog.showMessageBox({
      type: 'info',
      title: 'About Skillward',
      message: `Skillward ${app.getVersion()}`,
      detail: `Starts your Python skills, asks them how they are, and remembers what fixed them.\n\nElectron ${process.versions.electron}, Node ${process.versions.node}\nData: ${ports.dataDir}`,
      buttons: ['OK'],
    });
  }
}
