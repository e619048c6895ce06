import { expect, it } from 'vitest';
import { releaseGroups } from '../../../renderer/components/release-groups.ts';
import { quarantined } from './make-skill.ts';

it('one decision for those with the same signature, one each for the others', () => {
  const skills = ['a', 'b', 'c', 'd'].map((id) => quarantined(id));
  const incident = (skillId: string, signature: string, endedAt: number | null = null) => ({
    skillId,
    signature,
    endedAt,
  });
  const groups = releaseGroups(skills, [
    incident('a', 'Timeout'),
    incident('b', 'KeyError: <str>'),
    incident('c', 'Timeout'),
    // What is over is not why it is in quarantine now.
    incident('d', 'Timeout', 5),
  ]);
  expect(groups.map(({ skillIds }) => skillIds)).toEqual([['a', 'c'], ['b'], ['d']]);
});
