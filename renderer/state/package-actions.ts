import type { CommandAnswer, CommandPayload } from '../../shared/contract/index.ts';
import { call } from '../bridge/call.ts';
import { feedback } from './feedback.ts';
import { useHost } from './host-store.ts';

/** Takes a package into service; throws what the host says when it refuses, for the form to show. */
export async function installSkill(
  payload: CommandPayload<'skill.install'>,
): Promise<CommandAnswer<'skill.install'>> {
  const answer = await call('skill.install', payload);
  useHost.getState().putSkill(answer.skill);
  return answer;
}

/** Back to an earlier version; true when the host has done it. */
export async function rollBackSkill(skillId: string, versionId: string): Promise<boolean> {
  try {
    const { skill } = await call('skill.rollback', { skillId, versionId });
    useHost.getState().putSkill(skill);
    feedback.done(`${skillId} runs version ${skill.version} again`, { key: `skill:${skillId}` });
    return true;
  } catch (error) {
    feedback.error(`${skillId} could not be rolled back`, error, { key: `skill:${skillId}` });
    return false;
  }
}

/** Stops a skill and takes it away; true when the host has done it. */
export async function removeSkill(skillId: string, forget: boolean): Promise<boolean> {
  try {
    await call('skill.remove', { skillId, ...(forget ? { forget } : {}) });
    feedback.done(`${skillId} was removed`, {
      key: `skill:${skillId}`,
      body: forget ? 'Its data and its history are gone too.' : 'Its data and its history are kept.',
    });
    return true;
  } catch (error) {
    feedback.error(`${skillId} could not be removed`, error, { key: `skill:${skillId}` });
    return false;
  }
}
