import { ActionIcon, Button, CloseButton, Tooltip } from '@mantine/core';
import { IconArrowMerge, IconPencil, IconTrash } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { FixPattern } from '../../../shared/model/fix.ts';
import { countedWhere, lastUsed, splitFixText, workedInWords } from '../../components/fix-text.ts';
import { Orders, OwnerOnly } from '../../components/fleet/locked.tsx';
import { SignatureText } from '../../components/signature-text.tsx';
import { FixFeedback } from '../../components/suggested-fix-feedback.tsx';
import { Time } from '../../components/time.tsx';
import classes from './fix-detail.module.css';
import { FixEditForm } from './fix-edit-form.tsx';
import { FixHistory } from './fix-history.tsx';
import { FixMergeDialog } from './fix-merge-dialog.tsx';
import { useFixCommands } from './use-fix-commands.ts';
import { WorkedBar } from './worked-bar.tsx';

/** What applying a fix does, and who may. */
function actionInWords({ safeAction, autoApply }: FixPattern): string {
  if (safeAction === undefined) return 'a person does it';
  const what = safeAction === 'restart' ? 'restarts the skill' : 'releases it from quarantine for a trial';
  return autoApply === true ? `${what}, also without asking` : `${what}, when asked`;
}

/** One fix in full: what to do, for which error, how it did so far. */
export function FixDetail({
  pattern,
  onClose,
  onOpen,
}: {
  pattern: FixPattern;
  onClose(): void;
  onOpen(fixId: number): void;
}) {
  const [editing, setEditing] = useState(false);
  const [merging, setMerging] = useState(false);
  const [pastOpen, setPastOpen] = useState(false);
  const { remove } = useFixCommands();
  const { title, details } = splitFixText(pattern.fixDescription);
  const removal =
    pattern.origin === undefined
      ? { label: 'Delete', name: 'Delete this fix' }
      : { label: 'Hide here', name: 'Hide this fix on this host' };
  const apart = countedWhere(pattern);
  if (editing) return <FixEditForm pattern={pattern} onDone={() => setEditing(false)} />;
  return (
    <article className={classes.detail} aria-label={title}>
      <header className={classes.header}>
        <h2>{title}</h2>
        <Orders>
          <Tooltip label="Edit">
            <ActionIcon aria-label="Edit this fix" onClick={() => setEditing(true)}>
              <IconPencil size={16} />
            </ActionIcon>
          </Tooltip>
        </Orders>
        <OwnerOnly>
          <Tooltip label="Merge into another fix">
            <ActionIcon aria-label="Merge this fix into another" onClick={() => setMerging(true)}>
              <IconArrowMerge size={16} />
            </ActionIcon>
          </Tooltip>
          <Tooltip label={removal.label}>
            <ActionIcon
              aria-label={removal.name}
              loading={remove.isPending}
              onClick={() => remove.mutate(pattern, { onSuccess: onClose })}
            >
              <IconTrash size={16} />
            </ActionIcon>
          </Tooltip>
        </OwnerOnly>
        <CloseButton aria-label="Close" onClick={onClose} />
      </header>
      {details === '' ? (
        <p className={classes.missing}>
          No details were written down.{' '}
          <Orders>
            <Button variant="subtle" size="compact-xs" onClick={() => setEditing(true)}>
              Add them
            </Button>
          </Orders>
        </p>
      ) : (
        <p className={classes.text}>{details}</p>
      )}
      <dl className={classes.facts}>
        <dt>Recognises</dt>
        <dd>
          <SignatureText signature={pattern.errorSignature} copyable />
          {pattern.alsoFor?.map(({ errorSignature }) => (
            <SignatureText key={errorSignature} signature={errorSignature} copyable />
          ))}
        </dd>
        <dt>Applies to</dt>
        <dd>
          {pattern.skillId === undefined ? (
            'any skill'
          ) : (
            <Link to="/skill/$skillId" params={{ skillId: pattern.skillId }} className={classes.link}>
              {pattern.skillId}
            </Link>
          )}
        </dd>
        <dt>Worked</dt>
        <dd>
          <WorkedBar pattern={pattern} label={workedInWords(pattern)} />
          {apart !== null && <p className={classes.apart}>{apart}</p>}
        </dd>
        <dt>When applied</dt>
        <dd>{actionInWords(pattern)}</dd>
        <dt>Last used</dt>
        <dd>
          <Time at={lastUsed(pattern)} />
        </dd>
        <dt>{pattern.origin === undefined ? 'Recorded' : 'Learnt on'}</dt>
        <dd>
          {pattern.origin !== undefined && <>{pattern.origin.name}, </>}
          <Time at={pattern.createdAt} />
        </dd>
      </dl>
      {pattern.sample !== '' && (
        <details className={classes.sample}>
          <summary>The error it was recorded from</summary>
          <pre>{pattern.sample}</pre>
        </details>
      )}
      <details className={classes.sample} onToggle={(event) => setPastOpen(event.currentTarget.open)}>
        <summary>What became of it</summary>
        {pastOpen && <FixHistory fixId={pattern.id} learntOn={pattern.origin?.name} />}
      </details>
      {merging && (
        <FixMergeDialog
          pattern={pattern}
          onClose={() => setMerging(false)}
          onMerged={(fixId) => onOpen(fixId)}
        />
      )}
      <footer className={classes.footer}>
        <span className={classes.question}>Tried it again?</span>
        <FixFeedback
          pattern={pattern}
          {...(pattern.skillId === undefined ? {} : { skillId: pattern.skillId })}
        />
      </footer>
    </article>
  );
}
