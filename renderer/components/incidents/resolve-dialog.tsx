import { Button, Group, Modal, Select, Stack, Text, Textarea } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { Incident } from '../../../shared/model/action.ts';
import type { FixPattern } from '../../../shared/model/fix.ts';
import { resolveIncident } from '../../state/incident-actions.ts';
import { useFixes, useFixMatches } from '../../state/queries.ts';
import { MAX_ERROR_TEXT, splitFixText } from '../fix-text.ts';
import { RecordFixForm } from '../record-fix-form.tsx';

/** Says that an incident is over, and what ended it: a fix that is known, or one recorded here and now. */
export function ResolveDialog({ incident, onClose }: { incident: Incident; onClose: () => void }) {
  const over = incident.endedAt !== null;
  const [note, setNote] = useState(incident.note ?? '');
  const [fixId, setFixId] = useState<number | null>(incident.ended?.fixId ?? null);
  const [recording, setRecording] = useState(false);
  const [busy, setBusy] = useState(false);

  async function resolve(withFix: number | null): Promise<void> {
    if (busy) return;
    setBusy(true);
    const done = await resolveIncident(incident, { note, fixId: withFix });
    setBusy(false);
    if (done) onClose();
    else setRecording(false);
  }
  const nothingToAdd =
    over && fixId === (incident.ended?.fixId ?? null) && note.trim() === (incident.note ?? '');

  return (
    <Modal
      opened
      onClose={onClose}
      // What was typed is not thrown away by a stray click; the form looks after Escape itself.
      closeOnClickOutside={!recording}
      closeOnEscape={!recording}
      size={recording ? 'lg' : 'md'}
      title={`${over ? 'What ended' : 'Resolve'} incident #${incident.id} of ${incident.skillId}?`}
    >
      {recording ? (
        <RecordFixForm
          error={incident.error}
          skillId={incident.skillId}
          onSaved={(pattern) => {
            setFixId(pattern.id);
            void resolve(pattern.id);
          }}
          onCancel={() => setRecording(false)}
        />
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void resolve(fixId);
          }}
        >
          <Stack gap="md">
            <Text size="sm">
              {over
                ? 'It is over. What ended it helps whoever has it next.'
                : 'It is closed by your word; the skill is checked as before. If the same error comes back within a day, that is marked as a regression.'}
            </Text>
            <FixChoice incident={incident} value={fixId} onChange={setFixId} />
            <div>
              <Button variant="subtle" size="compact-sm" onClick={() => setRecording(true)}>
                Record a new fix and {over ? 'name it' : 'resolve with it'}
              </Button>
            </div>
            <Textarea
              label="Note"
              placeholder="The token had expired"
              value={note}
              onChange={(event) => setNote(event.currentTarget.value)}
              maxLength={4000}
              autosize
              minRows={2}
              maxRows={6}
            />
            <Group justify="flex-end">
              <Button onClick={onClose}>Cancel</Button>
              <Button type="submit" variant="filled" loading={busy} disabled={nothingToAdd}>
                {over ? 'Save' : 'Resolve'}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Modal>
  );
}

/** Known fixes, those that speak to this error first. */
function FixChoice(props: {
  incident: Incident;
  value: number | null;
  onChange(fixId: number | null): void;
}) {
  const { incident, value, onChange } = props;
  const matches = useFixMatches(incident.error.slice(0, MAX_ERROR_TEXT), incident.skillId);
  const fixes = useFixes();
  const data = useMemo(() => {
    const fitting = (matches.data?.matches ?? []).map((match) => match.pattern);
    const known = new Set(fitting.map((fix) => fix.id));
    const others = (fixes.data ?? []).filter((fix) => !known.has(fix.id));
    return [
      { group: 'For this error', items: fitting.map(optionOf) },
      { group: 'Others', items: others.map(optionOf) },
    ].filter((group) => group.items.length > 0);
  }, [matches.data, fixes.data]);
  return (
    <Select
      label="What ended it"
      description="A fix on record, if it was one."
      placeholder={data.length === 0 ? 'No fix is recorded yet' : 'Nothing on record, or not known'}
      data={data}
      value={value === null ? null : String(value)}
      onChange={(next) => onChange(next === null ? null : Number(next))}
      disabled={data.length === 0}
      searchable
      openOnFocus={false}
      clearable
      clearButtonProps={{ 'aria-label': 'No fix' }}
      comboboxProps={{ withinPortal: true }}
      maxDropdownHeight={220}
      data-autofocus
    />
  );
}

function optionOf({ fixDescription, id }: FixPattern): { value: string; label: string } {
  return { value: String(id), label: `${splitFixText(fixDescription).title} (#${id})` };
}
