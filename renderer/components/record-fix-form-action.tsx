import { Checkbox, Input, SegmentedControl } from '@mantine/core';
import { OwnerOnly } from './fleet/locked.tsx';
import seg from './range-control.module.css';
import classes from './record-fix-form.module.css';
import type { FixForm } from './record-fix-form-schema.ts';

export interface RecordFixActionProps {
  readonly safeAction: FixForm['safeAction'];
  readonly autoApply: boolean;
  onChange(choice: Pick<FixForm, 'safeAction' | 'autoApply'>): void;
}

const help: Readonly<Record<FixForm['safeAction'], string>> = {
  none: 'Applying it only notes that you are trying it; the next checks say whether it helped.',
  restart: 'Applying it restarts the skill at once.',
  'release-trial': 'Applying it releases the skill from quarantine for a trial of three checks.',
};

/** What applying a fix carries out, and whether the host may do that without being asked. */
export function RecordFixAction({ safeAction, autoApply, onChange }: RecordFixActionProps) {
  return (
    <Input.Wrapper label="When it is applied" labelElement="div" description={help[safeAction]}>
      <div className={classes.scope}>
        <SegmentedControl
          classNames={seg}
          aria-label="When it is applied"
          value={safeAction}
          onChange={(value) => onChange({ safeAction: readAction(value), autoApply: false })}
          data={[
            { value: 'none', label: 'I do it myself' },
            { value: 'restart', label: 'Restart' },
            { value: 'release-trial', label: 'Release as trial' },
          ]}
        />
      </div>
      {safeAction !== 'none' && (
        <OwnerOnly>
          <Checkbox
            mt={8}
            label="Skillward may do this by itself when exactly this error comes back"
            checked={autoApply}
            onChange={(event) => onChange({ safeAction, autoApply: event.currentTarget.checked })}
          />
        </OwnerOnly>
      )}
    </Input.Wrapper>
  );
}

function readAction(value: string): FixForm['safeAction'] {
  return value === 'restart' || value === 'release-trial' ? value : 'none';
}
