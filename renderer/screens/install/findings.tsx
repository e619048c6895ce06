import type { PackageFinding } from '../../../shared/model/package.ts';
import { StateIcon } from '../../components/state-icon.tsx';
import { placeWords } from './facts-words.ts';
import classes from './install.module.css';

/** What a look at a package found wrong, with file and line; the worst first. */
export function Findings({ findings }: { findings: readonly PackageFinding[] }) {
  if (findings.length === 0) {
    return (
      <p className={classes.finding}>
        <StateIcon state="ok" size={15} />
        <span>Nothing is wrong with it, as far as reading tells.</span>
      </p>
    );
  }
  const sorted = [...findings].sort((one, other) => rank(one) - rank(other));
  return (
    <ul className={classes.findings} aria-label="Findings">
      {sorted.map((finding) => (
        <li key={`${finding.file}:${finding.line}:${finding.message}`} className={classes.finding}>
          <StateIcon state={finding.level === 'error' ? 'bad' : 'warn'} size={15} />
          <span>
            <b>{finding.level === 'error' ? 'Error' : 'Warning'}</b> <code>{placeWords(finding)}</code>:{' '}
            {finding.message}
          </span>
        </li>
      ))}
    </ul>
  );
}

function rank({ level }: PackageFinding): number {
  return level === 'error' ? 0 : 1;
}
