import type { Skill } from '../../../../shared/model/skill.ts';
import { useHost } from '../../../state/host-store.ts';
import { CredentialsCard } from './credentials-card.tsx';
import { EnvironmentCard } from './environment-card.tsx';
import { RemoveCard } from './remove-card.tsx';
import classes from './setup.module.css';
import { VersionsCard } from './versions-card.tsx';

/** What the skill needs to run, and how it came here: credentials, environment, versions, removal. */
export function SetupTab({ skill }: { skill: Skill }) {
  const dataDir = useHost((state) => state.host?.dataDir ?? null);
  // What lies in the data folder was put there by Skillward, so it may take it away again.
  const ours = skill.installed !== undefined || (dataDir !== null && liesIn(dataDir, skill.folder));
  return (
    <div className={classes.cards}>
      <CredentialsCard skill={skill} />
      <EnvironmentCard skill={skill} />
      <VersionsCard skill={skill} />
      <RemoveCard skill={skill} ours={ours} />
    </div>
  );
}

function liesIn(outer: string, folder: string): boolean {
  return folder.startsWith(outer) && /^[\\/]/.test(folder.slice(outer.length));
}
