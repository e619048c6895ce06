import { useState } from 'react';
import { ImportPaste } from './import-paste.tsx';
import { ImportServers } from './import-servers.tsx';
import { ImportSources } from './import-sources.tsx';
import classes from './install.module.css';
import { LoadingLine } from './loading-line.tsx';
import { type ImportOrigin, useImportPreview } from './use-import-preview.ts';

/** MCP servers that are set up in other programs: found here or pasted, looked at, chosen, made skills. */
export function ImportCard() {
  const [round, setRound] = useState(0);
  const preview = useImportPreview();
  function show(origin: ImportOrigin): void {
    setRound((before) => before + 1);
    preview.mutate(origin);
  }

  return (
    <section className={classes.card} aria-labelledby="import-heading">
      <h2 id="import-heading" className={classes.title}>
        MCP servers of another program
      </h2>
      {preview.isSuccess ? (
        <ImportServers key={round} preview={preview.data} onBack={() => preview.reset()} />
      ) : (
        <>
          <p className={classes.text}>
            Desktop clients and editors list the servers they start in a file. That file is only read.
          </p>
          <ImportSources busy={preview.isPending} onChoose={(sourceId) => show({ sourceId })} />
          <ImportPaste busy={preview.isPending} onText={(text) => show({ text })} />
          {preview.isPending && <LoadingLine>Reading it. Nothing of it is started.</LoadingLine>}
          {preview.isError && (
            <p className={classes.problem} role="alert">
              {preview.error.message}
            </p>
          )}
        </>
      )}
    </section>
  );
}
