import { Button } from '@mantine/core';
import { IconMapQuestion } from '@tabler/icons-react';
import { Link, useParams } from '@tanstack/react-router';
import { EmptyState } from '../../components/empty-state.tsx';
import { ScreenHeader } from '../../components/screen-header.tsx';
import { useSkill } from '../../state/host-store.ts';
import { reloadSkills } from '../../state/skill-actions.ts';
import { SkillHeader } from './skill-header.tsx';
import { SkillTabs } from './skill-tabs.tsx';
import { WhyStrip } from './why-strip.tsx';

/** Everything about one skill: how it is and why, what it was, what was done, and what can be done now. */
export function SkillScreen() {
  const { skillId } = useParams({ from: '/skill/$skillId' });
  const skill = useSkill(skillId);
  if (skill === undefined) return <UnknownSkill skillId={skillId} />;
  return (
    <article aria-labelledby="skill-name">
      <SkillHeader skill={skill} />
      <WhyStrip skill={skill} />
      {/* A new skill is a new page: no chart of the one before may shine through. */}
      <SkillTabs key={skillId} skill={skill} />
    </article>
  );
}

function UnknownSkill({ skillId }: { skillId: string }) {
  return (
    <>
      <ScreenHeader title={skillId} />
      <EmptyState
        icon={<IconMapQuestion size={30} stroke={1.5} />}
        title={`There is no skill “${skillId}”`}
        action={
          <>
            <Button variant="filled" renderRoot={(props) => <Link to="/" {...props} />}>
              All skills
            </Button>
            <Button onClick={() => void reloadSkills()}>Read the folders again</Button>
          </>
        }
      >
        It may have been removed from its folder or renamed. Its history is kept and comes back with it.
      </EmptyState>
    </>
  );
}
