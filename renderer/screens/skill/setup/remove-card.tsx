import { Button, Checkbox } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { Skill } from '../../../../shared/model/skill.ts';
import { ConfirmDialog } from '../../../components/confirm-dialog.tsx';
import { removeSkill } from '../../../state/package-actions.ts';
import panel from '../panel.module.css';
import classes from './setup.module.css';

/** Taking an installed skill away. What lies in a folder of the person's own is theirs to delete. */
export function RemoveCard({ skill, ours }: { skill: Skill; ours: boolean }) {
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const [forget, setForget] = useState(false);

  async function remove(): Promise<boolean> {
    const done = await removeSkill(skill.id, forget);
    if (done) await navigate({ to: '/' });
    return done;
  }

  return (
    <section className={panel.panel} aria-labelledby="remove-heading">
      <div className={panel.head}>
        <h2 id="remove-heading" className={panel.title}>
          Remove
        </h2>
      </div>
      {!ours && (
        <p className={panel.note}>
          Its files are yours: take them out of <code>{skill.folder}</code> and read the folders again, or
          disable the skill to keep it out of service.
        </p>
      )}
      {ours && (
        <>
          <p className={classes.help}>
            Stops it and takes it out of Skillward. Its own data and its history stay, unless you say
            otherwise.
          </p>
          <div className={classes.buttons}>
            <Button color="red" variant="outline" onClick={() => setAsking(true)}>
              Remove…
            </Button>
          </div>
        </>
      )}
      {asking && (
        <ConfirmDialog
          title={`Remove ${skill.id}?`}
          confirm={forget ? 'Remove and forget' : 'Remove'}
          danger
          onConfirm={remove}
          onClose={() => setAsking(false)}
        >
          <p>
            It is stopped, and every kept version of it is deleted.
            {skill.installed?.linked === true && ' Your own folder, to which it is linked, is not touched.'}
          </p>
          <Checkbox
            checked={forget}
            onChange={(event) => setForget(event.currentTarget.checked)}
            label="Forget it altogether"
            description="Deletes also the data it keeps, its credentials and its history. That cannot be undone."
          />
        </ConfirmDialog>
      )}
    </section>
  );
}
