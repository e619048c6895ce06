import { useState } from 'react';
import { DropZone } from './drop-zone.tsx';
import classes from './install.module.css';
import { LoadingLine } from './loading-line.tsx';
import { PackageFactsView } from './package-facts.tsx';
import type { FoundFile } from './read-files.ts';
import { useInstall, useStage } from './use-package.ts';

/** A folder or a single file: handed over, looked at, and only then installed. */
export function PackageCard() {
  const stage = useStage();
  const install = useInstall();
  // A new choice starts over, also with the messages of the one before.
  const [round, setRound] = useState(0);

  function choose(files: Promise<FoundFile[]> | FoundFile[]): void {
    install.reset();
    setRound((before) => before + 1);
    stage.mutate(files);
  }
  function startOver(): void {
    stage.reset();
    install.reset();
  }

  return (
    <section className={classes.card} aria-labelledby="package-heading">
      <h2 id="package-heading" className={classes.title}>
        From a folder or a Python file
      </h2>
      {!stage.isSuccess && <DropZone busy={stage.isPending} onFiles={choose} />}
      {stage.isPending && <LoadingLine>Reading it. Nothing of it is run.</LoadingLine>}
      {stage.isError && (
        <p className={classes.problem} role="alert">
          {stage.error.message}
        </p>
      )}
      {stage.isSuccess && (
        <PackageFactsView
          key={round}
          staged={stage.data}
          installing={install.isPending}
          problem={install.isError ? install.error.message : null}
          onInstall={() => install.mutate(stage.data)}
          onCancel={startOver}
        />
      )}
    </section>
  );
}
