import { Button, Checkbox, Switch } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../bridge/call.ts';
import { plural } from '../../components/format.ts';
import { useHost } from '../../state/host-store.ts';
import { ImportResult } from './import-result.tsx';
import { ImportServerRow } from './import-server-row.tsx';
import classes from './install.module.css';
import { LoadingLine } from './loading-line.tsx';
import type { Preview } from './use-import-preview.ts';

/** The servers of one configuration: everything that would be started, to choose from. */
export function ImportServers({ preview, onBack }: { preview: Preview; onBack(): void }) {
  const possible = preview.servers.filter((server) => server.problem === null).map(({ name }) => name);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(possible));
  const [start, setStart] = useState(true);
  const apply = useMutation({
    mutationFn: () =>
      call('import.apply', { ...preview.origin, names: [...chosen], ...(start ? {} : { start: false }) }),
    onSuccess: ({ skills }) => {
      for (const skill of skills) useHost.getState().putSkill(skill);
    },
  });

  function toggle(name: string): void {
    setChosen((before) => {
      const after = new Set(before);
      if (!after.delete(name)) after.add(name);
      return after;
    });
  }

  if (apply.isSuccess) return <ImportResult result={apply.data} onMore={onBack} />;
  return (
    <>
      <p className={classes.text}>
        {preview.client}: {plural(preview.servers.length, 'server', 'servers')}. Values that look like secrets
        are kept as credentials.
      </p>
      {possible.length > 1 && (
        <Checkbox
          label={`All ${possible.length} that can be imported`}
          checked={chosen.size === possible.length}
          indeterminate={chosen.size > 0 && chosen.size < possible.length}
          onChange={() => setChosen(new Set(chosen.size === possible.length ? [] : possible))}
        />
      )}
      <ul className={classes.servers} aria-label="Servers">
        {preview.servers.map((server) => (
          <ImportServerRow
            key={server.name}
            server={server}
            chosen={chosen.has(server.name)}
            disabled={apply.isPending}
            onToggle={() => toggle(server.name)}
          />
        ))}
      </ul>
      {preview.servers.length === 0 && <p className={classes.text}>It lists no servers.</p>}
      <Switch
        label="Start them at once"
        description="Each runs the command above with your rights. Import only what you trust."
        checked={start}
        onChange={(event) => setStart(event.currentTarget.checked)}
      />
      {apply.isError && (
        <p className={classes.problem} role="alert">
          {apply.error.message}
        </p>
      )}
      {apply.isPending ? (
        <LoadingLine>Making skills of them …</LoadingLine>
      ) : (
        <div className={classes.buttons}>
          <Button variant="filled" disabled={chosen.size === 0} onClick={() => apply.mutate()}>
            {chosen.size === 0 ? 'Import' : `Import ${plural(chosen.size, 'server', 'servers')}`}
          </Button>
          <Button onClick={onBack}>Back</Button>
        </div>
      )}
    </>
  );
}
