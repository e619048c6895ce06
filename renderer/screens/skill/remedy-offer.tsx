import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Skill } from '../../../shared/model/skill.ts';
import { Orders, OwnerOnly } from '../../components/fleet/locked.tsx';
import { reloadSkills, restartSkill } from '../../state/skill-actions.ts';
import classes from './remedy-offer.module.css';
import { MissingCredentials } from './setup/missing-credentials.tsx';
import type { Why } from './why.ts';

/** The one step that would mend the skill, ready to be taken. */
export function RemedyOffer({ skill, remedy }: { skill: Skill; remedy: NonNullable<Why['remedy']> }) {
  switch (remedy) {
    case 'enter-credentials':
      return (
        <OwnerOnly>
          <MissingCredentials skill={skill} />
        </OwnerOnly>
      );
    case 'create-environment':
      return (
        <Offer words="Its packages can be installed into an environment of its own. You see every command before it runs.">
          <Button
            variant="filled"
            renderRoot={(props) => (
              <Link
                from="/skill/$skillId"
                to="."
                search={(search) => ({ ...search, tab: 'setup' })}
                {...props}
              />
            )}
          >
            Create the environment…
          </Button>
        </Offer>
      );
    case 'install-python':
      return (
        <Offer words="Install the Python it asks for (python.org, or your system’s package manager), then start it again.">
          <Button onClick={() => void restartSkill(skill.id)}>Try again</Button>
        </Offer>
      );
    case 'mend-files':
      return (
        <Offer words={`Its files lie in ${skill.folder}.`}>
          <Button onClick={() => void reloadSkills()}>Read the folders again</Button>
        </Offer>
      );
    case 'restart':
      return (
        <Offer words="Its files have changed since it was started. A restart puts them in force.">
          <Button onClick={() => void restartSkill(skill.id)}>Restart now</Button>
        </Offer>
      );
  }
}

function Offer({ words, children }: { words: string; children: ReactNode }) {
  return (
    <div className={classes.offer}>
      <p className={classes.words}>{words}</p>
      <Orders>{children}</Orders>
    </div>
  );
}
