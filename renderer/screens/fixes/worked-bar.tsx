import type { FixPattern } from '../../../shared/model/fix.ts';
import { fixRecord } from '../../components/fix-text.ts';
import classes from './worked-bar.module.css';

/** How often a fix helped, as a bar and as numbers; `label` is the sentence for the tooltip. */
export function WorkedBar({ pattern, label }: { pattern: FixPattern; label: string }) {
  const { tries, worked, share } = fixRecord(pattern);
  if (share === null) return <span className={classes.untried}>not tried yet</span>;
  return (
    <span className={classes.root} title={label}>
      <svg className={classes.bar} viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
        <rect className={classes.track} width="100" height="6" rx="3" />
        <rect className={classes.fill} width={share * 100} height="6" rx="3" />
      </svg>
      {worked} of {tries}
    </span>
  );
}
