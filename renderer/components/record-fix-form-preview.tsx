import type { CommandAnswer } from '../../shared/contract/index.ts';
import type { FixMatch } from '../../shared/model/fix.ts';
import { useFixMatches } from '../state/queries.ts';
import { splitFixText } from './fix-text.ts';
import { plural } from './format.ts';
import classes from './record-fix-form.module.css';
import { SignatureText } from './signature-text.tsx';
import { hasOwnWords } from './signature-text-parts.ts';
import { tierInWords } from './suggested-fix-tier.ts';

interface RecordFixPreviewProps {
  /** As it stands in the form. */
  readonly error: string;
  /** The same when nobody has typed for a moment. */
  readonly settled: string;
  /** Empty for any skill. */
  readonly skillId: string;
}

/** How the host reads an error, live: its signature with what varies marked, and the fixes already known for it. */
export function RecordFixPreview({ error, settled, skillId }: RecordFixPreviewProps) {
  const text = settled.trim() === '' ? '' : settled;
  const query = useFixMatches(text, skillId === '' ? undefined : skillId);
  if (error.trim() === '') return null;
  // Its place is taken from the first letter on: what stands below must not move away under a click.
  return (
    <div className={classes.preview}>
      {query.isError ? (
        <p className={classes.hint}>How this reads cannot be shown: {query.error.message}</p>
      ) : text === '' || query.data === undefined ? (
        <p className={classes.hint}>Reading the error…</p>
      ) : (
        <Reading {...query.data} />
      )}
    </div>
  );
}

function Reading({ signature, matches, pastErrors }: CommandAnswer<'fix.match'>) {
  if (!hasOwnWords(signature)) {
    return (
      <p className={classes.hint} role="status">
        Nothing here tells this error from others: all of it varies from time to time. Add the line that names
        it.
      </p>
    );
  }
  return (
    <>
      <div className={classes.signature}>
        <p className={classes.hint}>Recognised as · what varies is set aside</p>
        <SignatureText signature={signature} />
      </div>
      <div role="status">
        <p className={classes.hint}>
          {pastErrors === 0 ? (
            'Matches no past error.'
          ) : (
            <>
              Matches <b>{plural(pastErrors, 'past error', 'past errors')}</b>.
            </>
          )}
        </p>
        {matches.length === 0 ? (
          <p className={classes.hint}>Matches no known fix: yours will be the first.</p>
        ) : (
          <>
            <p className={classes.hint}>
              Matches <b>{plural(matches.length, 'known fix', 'known fixes')}</b>:
            </p>
            <ul className={classes.known}>
              {matches.map((match) => (
                <KnownFix key={match.pattern.id} match={match} />
              ))}
            </ul>
          </>
        )}
      </div>
    </>
  );
}

function KnownFix({ match }: { match: FixMatch }) {
  return (
    <li>
      {splitFixText(match.pattern.fixDescription).title}
      <span className={classes.tier}> · {tierInWords(match.tier).label.toLowerCase()}</span>
    </li>
  );
}
