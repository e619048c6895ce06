import { Button, Group, Modal, Radio, Stack, TagsInput, Text, Textarea } from '@mantine/core';
import { useEffect, useId, useState } from 'react';
import type { FleetHost } from '../../../shared/model/fleet.ts';
import { skillIdSchema } from '../../../shared/model/primitives.ts';
import { plural } from '../../components/format.ts';
import { useFleet } from '../../state/fleet.ts';
import classes from './fleet-order-dialog.module.css';
import { orderWords } from './order-words.ts';
import { carryOutOn, type FleetCommand, type FleetResult, type HostPlan, planFor, whyNot } from './orders.ts';

/** Says what will happen on which hosts, as they answer themselves, before it is ordered. */
export function FleetOrderDialog(props: {
  command: FleetCommand;
  hosts: readonly FleetHost[];
  onDone: (results: readonly FleetResult[]) => void;
  onClose: () => void;
}) {
  const { command, onDone, onClose } = props;
  const words = orderWords[command];
  // As they were when it was asked: who comes and goes while somebody reads must not change what is decided.
  const [hosts] = useState(props.hosts);
  const [named, setNamed] = useState(false);
  const [skillIds, setSkillIds] = useState<readonly string[]>([]);
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const [answered, setAnswered] = useState<number | null>(null);
  const plans = usePlans(hosts, command, named ? skillIds : null);
  const targets = (plans ?? []).flatMap(({ hostId, skillIds: ids }) =>
    ids.map((skillId) => ({ hostId, skillId })),
  );
  const missing = command === 'quarantine' && reason.trim() === '';
  const busy = answered !== null;

  async function submit(): Promise<void> {
    setTried(true);
    if (busy || missing || targets.length === 0) return;
    setAnswered(0);
    onDone(await carryOutOn(targets, command, reason.trim(), setAnswered));
  }

  return (
    <Modal
      opened
      onClose={onClose}
      title={`${words.confirm} on ${plural(hosts.length, 'host', 'hosts')}?`}
      size="lg"
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Stack gap="md">
          <Text size="sm">{words.help}</Text>
          <Radio.Group
            label="Which skills"
            value={named ? 'named' : 'all'}
            onChange={(value) => setNamed(value === 'named')}
          >
            <Stack gap={8} mt={6}>
              <Radio value="all" label={words.all} data-autofocus />
              <Radio value="named" label="These, wherever they are" />
            </Stack>
          </Radio.Group>
          {named && (
            <TagsInput
              label="Skills"
              description="Their ids; Enter after each."
              value={[...skillIds]}
              onChange={(ids) => setSkillIds(ids.filter((id) => skillIdSchema.safeParse(id).success))}
              splitChars={[',', ' ']}
              maxTags={50}
            />
          )}
          <Plans plans={plans} hosts={hosts} waiting={named && skillIds.length === 0} />
          {command === 'quarantine' && (
            <Textarea
              label="Reason"
              description="One for all of them; shown with each and in its history."
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
              error={tried && missing ? 'Say why: a line is enough.' : null}
              maxLength={4000}
              autosize
              minRows={2}
              maxRows={6}
            />
          )}
          <Group justify="flex-end">
            {busy && (
              <Text size="sm" role="status">
                {answered} of {targets.length} answered
              </Text>
            )}
            <Button onClick={onClose}>Cancel</Button>
            <Button
              type="submit"
              variant="filled"
              loading={busy}
              disabled={targets.length === 0}
              {...(command === 'quarantine' ? { color: 'red' } : {})}
            >
              {words.confirm} {plural(targets.length, 'skill', 'skills')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

/** What each host has of what is meant; null while they are asked. `skillIds` null: all the order is for. */
function usePlans(
  hosts: readonly FleetHost[],
  command: FleetCommand,
  skillIds: readonly string[] | null,
): readonly HostPlan[] | null {
  const [plans, setPlans] = useState<readonly HostPlan[] | null>(null);
  useEffect(() => {
    let current = true;
    setPlans(null);
    const aim = skillIds === null ? ({ kind: 'failing' } as const) : ({ kind: 'named', skillIds } as const);
    void planFor(hosts, command, aim).then((next) => {
      if (current) setPlans(next);
    });
    return () => {
      current = false;
    };
  }, [hosts, command, skillIds]);
  return plans;
}

function Plans(props: { plans: readonly HostPlan[] | null; hosts: readonly FleetHost[]; waiting: boolean }) {
  const { plans, hosts, waiting } = props;
  const labelId = useId();
  const names = useFleet((fleet) => fleet.hosts);
  if (waiting) return <Text size="sm">Name the skills: what each host has of them shows here.</Text>;
  return (
    <div>
      <p id={labelId} className={classes.title}>
        {plans === null ? 'Asking the hosts what they have…' : 'What will happen where'}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
      <ul className={classes.plans} aria-labelledby={labelId} tabIndex={0}>
        {(plans ?? []).map(({ hostId, skillIds, problem }) => (
          <li key={hostId}>
            <b>{names[hostId]?.name ?? hostId}</b>
            <span>{problem ?? (skillIds.length === 0 ? 'has none of them' : skillIds.join(', '))}</span>
          </li>
        ))}
        {hosts.map((host) => {
          const reason = whyNot(host);
          return (
            reason !== null && (
              <li key={host.hostId} data-left>
                <b>{host.name}</b>
                <span>left out: {reason}</span>
              </li>
            )
          );
        })}
      </ul>
    </div>
  );
}
