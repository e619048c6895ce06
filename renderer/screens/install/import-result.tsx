import { Button } from '@mantine/core';
import type { CommandAnswer } from '../../../shared/contract/index.ts';
import { plural } from '../../components/format.ts';
import { AnchorLink, ButtonLink } from '../../components/links.tsx';
import { StateIcon } from '../../components/state-icon.tsx';
import classes from './install.module.css';

/** What became of an import: the new skills, and what was refused and why. */
export function ImportResult(props: { result: CommandAnswer<'import.apply'>; onMore(): void }) {
  const { skills, refused } = props.result;
  return (
    <>
      <p className={classes.text} role="status">
        {plural(skills.length, 'server is a skill', 'servers are skills')} now
        {refused.length > 0 && `, ${plural(refused.length, 'was', 'were')} refused`}.
      </p>
      <ul className={classes.findings} aria-label="Imported">
        {skills.map((skill) => (
          <li key={skill.id} className={classes.finding}>
            <StateIcon state="ok" size={15} />
            <AnchorLink to="/skill/$skillId" params={{ skillId: skill.id }}>
              {skill.id}
            </AnchorLink>
          </li>
        ))}
        {refused.map(({ name, problem }) => (
          <li key={name} className={classes.finding}>
            <StateIcon state="bad" size={15} />
            <span>
              <b>{name}</b>: {problem}
            </span>
          </li>
        ))}
      </ul>
      <div className={classes.buttons}>
        <ButtonLink variant="filled" to="/">
          All skills
        </ButtonLink>
        <Button onClick={props.onMore}>Import more</Button>
      </div>
    </>
  );
}
