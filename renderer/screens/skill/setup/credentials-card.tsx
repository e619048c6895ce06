import { Skeleton } from '@mantine/core';
import type { Skill } from '../../../../shared/model/skill.ts';
import { useCredentials } from '../../../state/package-queries.ts';
import { LoadTrouble } from '../load-trouble.tsx';
import panel from '../panel.module.css';
import { CredentialRow } from './credential-row.tsx';
import classes from './setup.module.css';

/** The credentials a skill declares, where each value comes from, and a field to enter one. Values never come back. */
export function CredentialsCard({ skill }: { skill: Skill }) {
  const { data, error, refetch } = useCredentials(skill.id);
  return (
    <section className={panel.panel} aria-labelledby="credentials-heading">
      <div className={panel.head}>
        <h2 id="credentials-heading" className={panel.title}>
          Credentials
        </h2>
        {data !== undefined && data.credentials.length > 0 && (
          <span className={panel.note}>
            kept in {data.keptIn} · given to the skill when it starts · never shown again
          </span>
        )}
      </div>
      {data === undefined && error === null && (
        <Skeleton height={90} radius="md" role="status" aria-label="Loading the credentials" />
      )}
      {data === undefined && error !== null && (
        <LoadTrouble what="The credentials" error={error} retry={() => void refetch()} />
      )}
      {data?.credentials.length === 0 && (
        <p className={panel.note}>
          It asks for none. A manifest declares them as <code>[[credentials]]</code>.
        </p>
      )}
      {data !== undefined && data.credentials.length > 0 && (
        <ul className={classes.credentials}>
          {data.credentials.map((credential) => (
            <CredentialRow key={credential.name} credential={credential} skill={skill} />
          ))}
        </ul>
      )}
    </section>
  );
}
