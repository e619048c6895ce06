import { Input, SegmentedControl, Select } from '@mantine/core';
import { useState } from 'react';
import { useHost } from '../state/host-store.ts';
import seg from './range-control.module.css';
import classes from './record-fix-form.module.css';

export interface RecordFixScopeProps {
  /** The skill the error came from; without one a person chooses. */
  readonly known: string | undefined;
  /** The chosen skill, empty for any skill. */
  readonly skillId: string;
  onChange(skillId: string): void;
}

/** Whether a fix applies to one skill or to any. */
export function RecordFixScope({ known, skillId, onChange }: RecordFixScopeProps) {
  const order = useHost((state) => state.order);
  const first = known ?? (skillId === '' ? undefined : skillId);
  const [last, setLast] = useState(first);
  const one = last ?? order[0];

  function choose(value: string | null): void {
    if (value === null) return;
    setLast(value);
    onChange(value);
  }

  return (
    <Input.Wrapper label="Applies to" labelElement="div">
      <div className={classes.scope}>
        <SegmentedControl
          classNames={seg}
          aria-label="Applies to"
          value={skillId === '' ? 'any' : 'one'}
          onChange={(value) => onChange(value === 'any' ? '' : (one ?? ''))}
          data={[
            { value: 'one', label: known ?? 'One skill', disabled: one === undefined },
            { value: 'any', label: 'Any skill' },
          ]}
        />
        {known === undefined && skillId !== '' && (
          <Select
            aria-label="Which skill"
            searchable
            allowDeselect={false}
            data={order.includes(skillId) ? [...order] : [skillId, ...order]}
            value={skillId}
            onChange={choose}
          />
        )}
      </div>
    </Input.Wrapper>
  );
}
