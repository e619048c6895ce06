import { Button } from '@mantine/core';
import { IconFileCode, IconFolder } from '@tabler/icons-react';
import { type DragEvent, useRef, useState } from 'react';
import { MAX_STAGED_BYTES } from '../../../shared/model/package.ts';
import { currentBridge } from '../../bridge/current.ts';
import { formatBytes } from '../../components/format.ts';
import classes from './install.module.css';
import { MAX_STAGED_FILES } from './package-files.ts';
import { type FoundFile, filesOfDrop, filesOfInput } from './read-files.ts';

export interface DropZoneProps {
  readonly busy: boolean;
  onFiles(files: Promise<FoundFile[]> | FoundFile[]): void;
}

/** Where a skill is dropped or chosen. On the desktop a drop goes to the main process by its path, past the page. */
export function DropZone({ busy, onFiles }: DropZoneProps) {
  const [over, setOver] = useState(false);
  const folder = useRef<HTMLInputElement | null>(null);
  const file = useRef<HTMLInputElement>(null);
  const native = currentBridge().hostKind === 'desktop';

  function take(input: HTMLInputElement): void {
    const files = filesOfInput(input.files);
    // The same folder can be chosen again, after it was mended.
    input.value = '';
    if (files.length > 0) onFiles(files);
  }
  const drop = {
    onDragOver: (event: DragEvent) => {
      event.preventDefault();
      setOver(true);
    },
    onDragLeave: () => setOver(false),
    onDrop: (event: DragEvent) => {
      event.preventDefault();
      setOver(false);
      if (!busy) onFiles(filesOfDrop(event.dataTransfer));
    },
  };

  return (
    <div className={classes.zone} data-over={over || undefined} {...(native ? {} : drop)}>
      <p className={classes.zoneText}>
        {native ? 'Drop it anywhere on this window, or choose it:' : 'Drop it here, or choose it:'}
      </p>
      <div className={classes.buttons}>
        <Button
          variant="filled"
          disabled={busy}
          leftSection={<IconFolder size={15} aria-hidden />}
          onClick={() => folder.current?.click()}
        >
          Choose a folder…
        </Button>
        <Button
          disabled={busy}
          leftSection={<IconFileCode size={15} aria-hidden />}
          onClick={() => file.current?.click()}
        >
          Choose a .py file…
        </Button>
      </div>
      <input
        ref={(input) => {
          folder.current = input;
          // React knows no attribute of this name.
          if (input !== null) input.webkitdirectory = true;
        }}
        className={classes.hidden}
        type="file"
        tabIndex={-1}
        aria-hidden="true"
        data-choose="folder"
        onChange={(event) => take(event.currentTarget)}
      />
      <input
        ref={file}
        className={classes.hidden}
        type="file"
        tabIndex={-1}
        aria-hidden="true"
        data-choose="file"
        accept=".py"
        onChange={(event) => take(event.currentTarget)}
      />
      <p className={classes.text}>
        A folder with a <code>manifest.toml</code>, or one Python file with a <code>[tool.skillward]</code>{' '}
        block. At most {formatBytes(MAX_STAGED_BYTES)} in {MAX_STAGED_FILES} files; <code>.venv</code>,{' '}
        <code>.git</code> and caches are left out.
      </p>
    </div>
  );
}
