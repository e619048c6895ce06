import { Button, Skeleton, Table } from '@mantine/core';
import { useState } from 'react';
import type { PackageVersion } from '../../../../shared/model/package.ts';
import type { Skill } from '../../../../shared/model/skill.ts';
import { ConfirmDialog } from '../../../components/confirm-dialog.tsx';
import { Time } from '../../../components/time.tsx';
import { rollBackSkill } from '../../../state/package-actions.ts';
import { useVersions } from '../../../state/package-queries.ts';
import { LoadTrouble } from '../load-trouble.tsx';
import panel from '../panel.module.css';
import classes from './setup.module.css';

/** The versions Skillward keeps of a skill it has installed, and the way back to one. */
export function VersionsCard({ skill }: { skill: Skill }) {
  const installed = skill.installed !== undefined;
  const { data, error, refetch } = useVersions(skill.id, installed);
  const [chosen, setChosen] = useState<PackageVersion | null>(null);
  return (
    <section className={panel.panel} aria-labelledby="versions-heading">
      <div className={panel.head}>
        <h2 id="versions-heading" className={panel.title}>
          Versions
        </h2>
        {skill.installed?.linked === true && (
          <span className={panel.note}>
            linked: it runs from your own folder, whose changes count at once
          </span>
        )}
      </div>
      {!installed && (
        <p className={panel.note}>
          It runs from a skills folder of yours: <code>{skill.folder}</code>. Skillward keeps earlier versions
          of skills it has installed.
        </p>
      )}
      {installed && data === undefined && error === null && (
        <Skeleton height={90} radius="md" role="status" aria-label="Loading the versions" />
      )}
      {installed && data === undefined && error !== null && (
        <LoadTrouble what="The versions" error={error} retry={() => void refetch()} />
      )}
      {data !== undefined && (
        <div className={panel.scroll}>
          <Table className={`${panel.table} ${panel.narrow}`}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">Version</Table.Th>
                <Table.Th scope="col">Installed</Table.Th>
                <Table.Th scope="col">Last healthy</Table.Th>
                <Table.Th scope="col">
                  <span className={classes.hidden}>Roll back</span>
                </Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {data.map((version) => (
                <Table.Tr key={version.versionId}>
                  <Table.Th scope="row">
                    {version.version}
                    {version.current && <span className={panel.note}> · runs now</span>}
                  </Table.Th>
                  <Table.Td>
                    <Time at={version.installedAt} style="clock" />
                  </Table.Td>
                  <Table.Td>
                    <Time at={version.healthyAt} style="ago" none="never" />
                  </Table.Td>
                  <Table.Td>
                    {!version.current && (
                      <Button
                        aria-label={`Roll back to ${version.version}`}
                        onClick={() => setChosen(version)}
                      >
                        Roll back…
                      </Button>
                    )}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
      {chosen !== null && (
        <ConfirmDialog
          title={`Roll ${skill.id} back to ${chosen.version}?`}
          confirm="Roll back"
          onConfirm={() => rollBackSkill(skill.id, chosen.versionId)}
          onClose={() => setChosen(null)}
        >
          <p>
            Version {skill.version} is stopped and {chosen.version} is started in its place.{' '}
            {chosen.healthyAt === null && 'That version has never been healthy. '}
            The present one is kept, so that you can come back to it.
          </p>
        </ConfirmDialog>
      )}
    </section>
  );
}
