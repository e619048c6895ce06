import { powerMonitor } from 'electron';
import type { PausableClock } from './pausable-clock.ts';

export interface PowerPorts {
  readonly clock: Pick<PausableClock, 'pause' | 'resume'>;
  report(message: string): void;
  /** The system is shutting down or the person logs off: skills are to end in order. */
  quit(): void;
}

/** Sleep holds all timers of the host; shutting down ends the skills in order (macOS and Linux wait for it). */
export function followPower({ clock, report, quit }: PowerPorts): void {
  powerMonitor.on('suspend', () => {
    report('the machine goes to sleep: nothing is checked until it wakes');
    clock.pause();
  });
  const wake = () => clock.resume();
  powerMonitor.on('resume', () => {
    report('the machine is awake');
    wake();
  });
  // Somebody is at the machine: it is awake, even if the system forgot to say so.
  powerMonitor.on('unlock-screen', wake);
  powerMonitor.on('shutdown', (event?: { preventDefault(): void }) => {
    event?.preventDefault();
    wake();
    quit();
  });
}
