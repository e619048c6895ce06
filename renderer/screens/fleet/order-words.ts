import type { FleetCommand } from './orders.ts';

interface OrderWords {
  /** On the button that opens the dialog. */
  readonly button: string;
  /** The verb that does it. */
  readonly confirm: string;
  readonly done: string;
  /** Which skills are meant when none is named. */
  readonly all: string;
  readonly help: string;
}

export const orderWords: Readonly<Record<FleetCommand, OrderWords>> = {
  check: {
    button: 'Check…',
    confirm: 'Check',
    done: 'checked',
    all: 'Every skill that fails there',
    help: 'Each is asked now how it is.',
  },
  restart: {
    button: 'Restart…',
    confirm: 'Restart',
    done: 'restarted',
    all: 'Every skill that fails there',
    help: 'Their processes are ended and started again.',
  },
  quarantine: {
    button: 'Quarantine…',
    confirm: 'Quarantine',
    done: 'quarantined',
    all: 'Every skill that fails there',
    help: 'Their processes are stopped. They are neither checked nor restarted until somebody releases them.',
  },
  release: {
    button: 'Release…',
    confirm: 'Release',
    done: 'released',
    all: 'Every skill that is quarantined there',
    help: 'As a trial: started and watched for 3 checks, one failure puts it back.',
  },
};
