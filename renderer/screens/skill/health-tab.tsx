import type { Skill } from '../../../shared/model/skill.ts';
import { Guard } from '../../components/guard.tsx';
import { ranges } from '../../state/ranges.ts';
import { useRange } from '../../state/use-range.ts';
import { FixesCard } from './fixes-card.tsx';
import { HappenedCard } from './happened-card.tsx';
import { HealthCard } from './health-card.tsx';
import classes from './health-tab.module.css';
import { LogTailCard } from './log-tail-card.tsx';
import { Tiles } from './tiles.tsx';
import { useZoom } from './use-zoom.ts';

/** How the skill was and is: numbers, chart and timeline on one axis, its last words, what helped, what happened. */
export function HealthTab({ skill }: { skill: Skill }) {
  const [rangeId] = useRange();
  const [zoom, setZoom] = useZoom();
  const range = ranges[rangeId];
  return (
    <>
      <Tiles
        skillId={skill.id}
        over={zoom ?? rangeId}
        stretch={zoom === null ? range.label : 'selection'}
        before={zoom === null ? `${range.label} before` : 'the stretch before'}
      />
      <div className={classes.columns}>
        <div className={classes.main}>
          <Guard what="chart">
            <HealthCard skill={skill} rangeId={rangeId} zoom={zoom} onZoom={setZoom} />
          </Guard>
          <Guard what="log">
            <LogTailCard skillId={skill.id} />
          </Guard>
        </div>
        <div className={classes.side}>
          <Guard what="list of fixes">
            <FixesCard skill={skill} />
          </Guard>
          <Guard what="story">
            <HappenedCard skillId={skill.id} />
          </Guard>
        </div>
      </div>
    </>
  );
}
