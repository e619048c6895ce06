import type { Skill } from '../../../../shared/model/skill.ts';
import { useCredentials } from '../../../state/package-queries.ts';
import { CredentialRow } from './credential-row.tsx';
import classes from './setup.module.css';

/** The fields for what is missing, right where it is said that it is missing. */
export function MissingCredentials({ skill }: { skill: Skill }) {
  const { data, error } = useCredentials(skill.id);
  const missing = skill.credentialsMissing ?? [];
  const shown = data?.credentials.filter(({ name }) => missing.includes(name)) ?? [];
  return (
    <div>
      <p className={classes.help}>
        It is started as soon as {missing.length === 1 ? 'this is' : 'these are'} entered
        {data === undefined ? '' : `, kept in ${data.keptIn}`}. Values are never shown again.
      </p>
      {error !== null && <p className={classes.help}>{error.message}</p>}
      {shown.length > 0 && (
        <ul className={classes.credentials}>
          {shown.map((credential) => (
            <CredentialRow key={credential.name} credential={credential} skill={skill} />
          ))}
        </ul>
      )}
    </div>
  );
}
