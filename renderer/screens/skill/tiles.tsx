import { Skeleton } from '@mantine/core';
import { type Change, countChange, latencyChange, shareChange } from '../../charts/summary.ts';
import type { Totals } from '../../charts/totals.ts';
import { formatCount, formatLatencyPair, formatPercent } from '../../components/format.ts';
import type { RangeId, TimeWindow } from '../../state/ranges.ts';
import classes from './tiles.module.css';
import { useTotals } from './use-totals.ts';

export interface TilesProps {
  readonly skillId: string;
  readonly over: RangeId | TimeWindow;
  /** Words for the stretch: `24 h`, `selection`. */
  readonly stretch: string;
  /** Words for the one before: `24 h before`. */
  readonly before: string;
}

/** Four numbers of the stretch shown, each against the stretch before it. */
export function Tiles({ skillId, over, stretch, before }: TilesProps) {
  const { data, isError } = useTotals(skillId, over);
  if (data === undefined) {
    if (isError) return null;
    return (
      <div className={classes.tiles} aria-hidden="true">
        {['healthy', 'latency', 'checks', 'restarts'].map((tile) => (
          <Skeleton key={tile} height={92} radius="lg" />
        ))}
      </div>
    );
  }
  const { now, before: then } = data;
  const empty = now.checks === 0;
  return (
    <dl className={classes.tiles}>
      <Tile
        label={`Healthy, ${stretch}`}
        value={now.healthyShare === null ? '–' : `${formatPercent(now.healthyShare)} %`}
        change={shareChange(now.healthyShare, then.healthyShare)}
        against={before}
        otherwise={empty ? 'not checked in this time' : NO_EARLIER}
      />
      <Tile
        label="Latency p50 / p95"
        value={formatLatencyPair(now.p50Ms, now.p95Ms)}
        change={named('p95', latencyChange(now.p95Ms, then.p95Ms))}
        against={before}
        otherwise={now.p95Ms === null ? 'no answer in this time' : NO_EARLIER}
      />
      <Tile
        label={`Checks, ${stretch}`}
        value={formatCount(now.checks)}
        change={then.checks > 0 && !empty ? failedChange(now.failed, then.failed) : null}
        against={before}
        otherwise={
          empty ? 'none yet' : now.failed === 0 ? 'none failed' : `${formatCount(now.failed)} failed`
        }
      />
      <Tile
        label={`Restarts, ${stretch}`}
        value={`${formatCount(now.restarts)}${now.restartsAtLeast ? '+' : ''}`}
        change={then.checks > 0 && !now.restartsAtLeast ? countChange(now.restarts, then.restarts) : null}
        against={before}
        otherwise={restartsWords(now)}
      />
    </dl>
  );
}

const NO_EARLIER = 'nothing earlier to compare';

interface TileProps {
  readonly label: string;
  readonly value: string;
  /** Against the stretch before; null when there is nothing to compare. */
  readonly change?: Change | null;
  readonly against?: string;
  /** Said instead of a change. */
  readonly otherwise: string;
}

function Tile({ label, value, change = null, against, otherwise }: TileProps) {
  return (
    <div className={classes.tile}>
      <dt>{label}</dt>
      <dd className={classes.value}>{value}</dd>
      {change === null ? (
        <dd className={classes.change}>{otherwise}</dd>
      ) : (
        <dd className={classes.change} data-good={change.good ?? undefined}>
          {change.text}
          <span className={classes.against}> vs {against}</span>
        </dd>
      )}
    </div>
  );
}

function restartsWords(now: Totals): string {
  if (now.restarts === 0) return 'none';
  return now.restartsAtLeast ? 'more than are counted here' : NO_EARLIER;
}

/** The number of checks says little; how many of them failed is what changes for better or worse. */
function failedChange(now: number, then: number): Change | null {
  const { text, good } = countChange(now, then);
  const failed = now === 0 ? 'none failed' : `${formatCount(now)} failed`;
  return { text: good === null ? failed : `${failed}, ${text}`, good };
}

function named(name: string, change: Change | null): Change | null {
  return change === null ? null : { ...change, text: `${name} ${change.text}` };
}
