import { app } from 'electron';
import type { Warden } from '../../runtime/warden.ts';

/** All skills are gone within 6 s of a quit (DESIGN.md section 5); what is left of them is for the books. */
const STOP_BUDGET_MS = 5500;

export interface QuitPorts {
  readonly warden: Pick<Warden, 'stop' | 'killAllNow'>;
  /** Called at once: say what is going on, hold nothing back. */
  begin(): void;
  /** Closes what is open, after the skills. */
  release(): void;
  report(message: string, error: unknown): void;
}

export interface Quit {
  /** True from the first request to quit: windows then close instead of hiding. */
  quitting: boolean;
}

/**
 * Makes quitting wait for the skills: they are stopped in order, the books closed, then the app ends. The same way for
 * the menu, a signal and the system's shutdown; a second request changes nothing.
 */
export function stopSkillsOnQuit({ warden, begin, release, report }: QuitPorts): Quit {
  const state: Quit = { quitting: false };
  let stopping = false;
  app.on('before-quit', (event) => {
    event.preventDefault();
    state.quitting = true;
    if (stopping) return;
    stopping = true;
    begin();
    warden
      .stop(STOP_BUDGET_MS)
      .then(({ unkillable }) => {
        for (const skillId of unkillable) report(`${skillId} could not be ended`, null);
      })
      .catch((error: unknown) => report('stopping the skills', error))
      .finally(() => {
        release();
        app.exit(0);
      });
  });
  process.on('exit', () => warden.killAllNow());
  return state;
}
