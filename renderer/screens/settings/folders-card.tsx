import { Button } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import type { AppConfig } from '../../../shared/model/config.ts';
import { plural } from '../../components/format.ts';
import { useHost } from '../../state/host-store.ts';
import { inOrder } from '../../state/selectors.ts';
import { reloadSkills } from '../../state/skill-actions.ts';
import { foldersInUse } from './folders-in-use.ts';
import classes from './settings-screen.module.css';

/** Where skills come from. Shown, not set: a path never comes from the page (DESIGN.md section 10). */
export function FoldersCard({ config }: { config: AppConfig }) {
  const skills = useHost((state) => state.skills);
  const order = useHost((state) => state.order);
  const dataDir = useHost((state) => state.host?.dataDir);
  const folders = foldersInUse(config.skills.folders, inOrder({ skills, order }));
  return (
    <>
      {folders.length === 0 ? (
        <p className={classes.empty}>No skills folder yet.</p>
      ) : (
        <ul className={classes.folders}>
          {folders.map(({ path, skills: count, configured }) => (
            <li key={path}>
              <code>{path}</code>
              <span className={classes.note}>
                {plural(count, 'skill', 'skills')}
                {!configured && ', given when the host was started'}
              </span>
            </li>
          ))}
        </ul>
      )}
      <div className={classes.row}>
        <p className={`${classes.help} ${classes.words}`}>
          Folders decide which programs run here, so this page cannot change them. Start the host with{' '}
          <code>--skills FOLDER</code>, or list them under <code>skills.folders</code> in{' '}
          <code>config.json</code>
          {dataDir !== undefined && (
            <>
              {' '}
              in <code>{dataDir}</code>
            </>
          )}
          .
        </p>
        <Button leftSection={<IconRefresh size={15} aria-hidden />} onClick={() => void reloadSkills()}>
          Read them again
        </Button>
      </div>
    </>
  );
}
