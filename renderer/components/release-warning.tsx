import { Text } from '@mantine/core';
import { useFixMatches } from '../state/queries.ts';
import { MAX_ERROR_TEXT } from './fix-text.ts';
import { releaseStanding } from './release-standing.ts';
import classes from './release-warning.module.css';
import { StateIcon } from './state-icon.tsx';

export interface ReleaseWarningProps {
  readonly skillId: string;
  readonly error: string;
  /** Epoch ms the quarantine began. */
  readonly since: number | null;
}

/** Says before a release whether the error behind the quarantine still stands unfixed. */
export function ReleaseWarning({ skillId, error, since }: ReleaseWarningProps) {
  const { data } = useFixMatches(error.slice(0, MAX_ERROR_TEXT), skillId);
  if (data === undefined) return null;
  const standing = releaseStanding(data.matches, since);
  return (
    <div className={classes.line}>
      <StateIcon state={standing.kind === 'applied' ? 'ok' : 'warn'} size={15} />
      <Text size="sm">
        {standing.kind === 'unknown-error' &&
          'Not fixed as far as Skillward knows: no fix is recorded for this error. If you have mended it, record how, and the next time is shorter.'}
        {standing.kind === 'not-applied' &&
          `Not fixed as far as Skillward knows: “${standing.title}” helped before, but has not been applied since.`}
        {standing.kind === 'applied' && `“${standing.title}” was applied since.`}
      </Text>
    </div>
  );
}
