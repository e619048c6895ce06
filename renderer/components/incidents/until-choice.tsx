import { Radio } from '@mantine/core';
import classes from './until-choice.module.css';

export type Until = 'end' | '1' | '4' | '8' | '24';

const HOUR_MS = 3_600_000;
const choices: readonly (readonly [Until, string])[] = [
  ['end', 'Until it ends'],
  ['1', '1 hour'],
  ['4', '4 hours'],
  ['8', '8 hours'],
  ['24', '1 day'],
];

/** The moment a choice stands for (epoch ms), counted from `nowMs`; null: until it ends. */
export function untilMs(until: Until, nowMs: number): number | null {
  return until === 'end' ? null : nowMs + Number(until) * HOUR_MS;
}

/** For how long something about an incident counts. */
export function UntilChoice(props: { label: string; value: Until; onChange(until: Until): void }) {
  return (
    <Radio.Group label={props.label} value={props.value} onChange={(next) => props.onChange(next as Until)}>
      <div className={classes.choices}>
        {choices.map(([value, label]) => (
          <Radio key={value} size="xs" value={value} label={label} />
        ))}
      </div>
    </Radio.Group>
  );
}
