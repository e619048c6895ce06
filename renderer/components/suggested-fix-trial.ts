import type { FixPattern, FixTrial } from '../../shared/model/fix.ts';

/** Healthy checks in a row after which the host says that a fix worked (DESIGN.md section 9). */
const CHECKS = 3;

/** What became of the last time a fix was applied, as a sentence. */
export function trialInWords(trial: FixTrial): string {
  switch (trial.state) {
    case 'watching':
      return `Being tried: ${trial.healthyChecks} of ${CHECKS} healthy checks.`;
    case 'worked':
      return 'Worked when it was last applied here.';
    case 'failed':
      return 'Did not help when it was last applied here.';
    case 'regressed':
      return 'Seemed to work, then the error came back.';
    case 'unclear':
      return 'Applied here before; nothing could be told.';
  }
}

/** What the button says: it names what will happen. */
export function applyLabel({ safeAction }: Pick<FixPattern, 'safeAction'>): string {
  switch (safeAction) {
    case undefined:
      return 'I am trying this';
    case 'restart':
      return 'Apply: restart';
    case 'release-trial':
      return 'Apply: release as trial';
  }
}

/** The newest trial of one fix. `trials` are newest first. */
export function trialOf(trials: readonly FixTrial[] | undefined, fixId: number): FixTrial | undefined {
  return trials?.find((trial) => trial.fixId === fixId);
}
