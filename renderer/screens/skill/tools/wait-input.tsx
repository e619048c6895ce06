import { NumberInput } from '@mantine/core';
import { useId } from 'react';
import classes from './tools.module.css';

/** How long an answer is waited for. What the skill does with a call nobody waits for any more is its own affair. */
export function WaitInput({ value, onChange }: { value: number; onChange(secs: number): void }) {
  const id = useId();
  return (
    <span className={classes.wait}>
      <label htmlFor={id}>Wait at most, s</label>
      <NumberInput
        id={id}
        size="xs"
        className={classes.secs ?? ''}
        value={value}
        min={1}
        max={3600}
        allowDecimal={false}
        clampBehavior="blur"
        hideControls
        onChange={(next) => {
          if (typeof next === 'number' && next >= 1 && next <= 3600) onChange(next);
        }}
      />
    </span>
  );
}
