import { create } from 'zustand';
import type { CommandName, CommandPayload } from '../../shared/contract/index.ts';
import { call } from '../bridge/call.ts';
import { feedback } from './feedback.ts';
import { useHost } from './host-store.ts';
import { onHostLeft } from './shown-host.ts';

export type SkillCommand =
  | 'start'
  | 'stop'
  | 'restart'
  | 'disable'
  | 'activate'
  | 'quarantine'
  | 'release'
  | 'check';

interface PendingStore {
  readonly bySkill: Readonly<Record<string, SkillCommand>>;
}

/** What was asked of a skill and not answered yet. The skill itself is shown as the host says it is, never as hoped. */
const usePendingStore = create<PendingStore>()(() => ({ bySkill: {} }));
onHostLeft(() => usePendingStore.setState({ bySkill: {} }));

/** The command this skill is still carrying out, or null. */
export function usePending(skillId: string): SkillCommand | null {
  return usePendingStore((state) => state.bySkill[skillId] ?? null);
}

function setPending(skillId: string, command: SkillCommand | null): void {
  usePendingStore.setState(({ bySkill }) => {
    const { [skillId]: _before, ...rest } = bySkill;
    return { bySkill: command === null ? rest : { ...rest, [skillId]: command } };
  });
}

const failed: Readonly<Record<SkillCommand, string>> = {
  start: 'could not be started',
  stop: 'could not be paused',
  restart: 'could not be restarted',
  disable: 'could not be disabled',
  activate: 'could not be activated',
  quarantine: 'could not be quarantined',
  release: 'could not be released',
  check: 'could not be checked',
};

/** One thing asked of one skill, with what it needs to be carried out. */
export type SkillOrder =
  | { readonly command: 'start' | 'stop' | 'restart' | 'disable' | 'activate' | 'check' }
  | { readonly command: 'quarantine'; readonly reason: string }
  | { readonly command: 'release'; readonly mode: 'trial' | 'force' };

/** What came of an order. `busy`: another one is still under way for this skill, and nothing was asked. */
export type OrderOutcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'busy' }
  | { readonly kind: 'failed'; readonly error: unknown };

/** Carries one order out and says nothing about it: whoever ordered tells the person. Never throws. */
export async function carryOut(skillId: string, order: SkillOrder): Promise<OrderOutcome> {
  if (usePendingStore.getState().bySkill[skillId] !== undefined) return { kind: 'busy' };
  setPending(skillId, order.command);
  try {
    await ask(skillId, order);
    return { kind: 'done' };
  } catch (error) {
    return { kind: 'failed', error };
  } finally {
    setPending(skillId, null);
  }
}

async function ask(skillId: string, order: SkillOrder): Promise<void> {
  switch (order.command) {
    case 'check':
      await call('skill.health.check', { skillId });
      return;
    case 'quarantine':
      return change('skill.quarantine', { skillId, reason: order.reason });
    case 'release':
      return change('skill.release', { skillId, mode: order.mode });
    default:
      return change(`skill.${order.command}`, { skillId });
  }
}

/** Runs one order of a skill; a second one while the first is open is ignored. True when the host has done it. */
async function run(skillId: string, order: SkillOrder): Promise<boolean> {
  const outcome = await carryOut(skillId, order);
  if (outcome.kind === 'failed')
    feedback.error(`${skillId} ${failed[order.command]}`, outcome.error, { key: `skill:${skillId}` });
  return outcome.kind === 'done';
}

type StateCommand = Extract<
  CommandName,
  | 'skill.start'
  | 'skill.stop'
  | 'skill.restart'
  | 'skill.disable'
  | 'skill.activate'
  | 'skill.quarantine'
  | 'skill.release'
>;

async function change<Name extends StateCommand>(name: Name, payload: CommandPayload<Name>): Promise<void> {
  const { skill } = await call(name, payload);
  useHost.getState().putSkill(skill);
}

export async function checkSkill(skillId: string): Promise<boolean> {
  return run(skillId, { command: 'check' });
}

export async function restartSkill(skillId: string): Promise<boolean> {
  return run(skillId, { command: 'restart' });
}

export async function startSkill(skillId: string): Promise<boolean> {
  return run(skillId, { command: 'start' });
}

/** Pauses: neither checked nor restarted until started again. */
export async function stopSkill(skillId: string): Promise<boolean> {
  const done = await run(skillId, { command: 'stop' });
  if (done) {
    feedback.done(`${skillId} is paused`, {
      key: `skill:${skillId}`,
      action: { label: 'Undo', run: () => void startSkill(skillId) },
    });
  }
  return done;
}

/** Takes the skill out of service until it is activated. */
export async function disableSkill(skillId: string): Promise<boolean> {
  const done = await run(skillId, { command: 'disable' });
  if (done) {
    feedback.done(`${skillId} is disabled`, {
      key: `skill:${skillId}`,
      action: { label: 'Undo', run: () => void activateSkill(skillId) },
    });
  }
  return done;
}

export async function activateSkill(skillId: string): Promise<boolean> {
  return run(skillId, { command: 'activate' });
}

export async function quarantineSkill(skillId: string, reason: string): Promise<boolean> {
  return run(skillId, { command: 'quarantine', reason });
}

export async function releaseSkill(skillId: string, mode: 'trial' | 'force'): Promise<boolean> {
  return run(skillId, { command: 'release', mode });
}

/** Asks every active skill now. */
export async function checkAll(): Promise<void> {
  try {
    const { checked } = await call('skill.health.check', { all: true });
    feedback.done(`${checked} ${checked === 1 ? 'skill was' : 'skills were'} checked`, { key: 'check-all' });
  } catch (error) {
    feedback.error('The skills could not be checked', error, { key: 'check-all' });
  }
}

/** Reads the skills folders again. */
export async function reloadSkills(): Promise<void> {
  try {
    const { added, changed, removed, broken } = await call('skills.reload', {});
    const parts = [
      [added.length, 'added'],
      [changed.length, 'changed'],
      [removed.length, 'removed'],
      [broken.length, 'broken'],
    ] as const;
    const said = parts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
    feedback.done('Skills folders read', {
      key: 'reload',
      body: said.length === 0 ? 'Nothing has changed.' : `${said.join(', ')}.`,
    });
  } catch (error) {
    feedback.error('The skills folders could not be read', error, { key: 'reload' });
  }
}
