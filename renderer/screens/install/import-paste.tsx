import { Button, FileButton, Textarea } from '@mantine/core';
import { useState } from 'react';
import { feedback } from '../../state/feedback.ts';
import classes from './install.module.css';

/** The longest configuration the contract takes, in characters. */
const MAX_TEXT = 500_000;

/** A configuration that was not found by itself: pasted, or chosen as a file. */
export function ImportPaste({ busy, onText }: { busy: boolean; onText(text: string): void }) {
  const [text, setText] = useState('');

  async function read(file: File | null): Promise<void> {
    if (file === null) return;
    // Characters are at most bytes: a file this large cannot fit.
    if (file.size > MAX_TEXT * 4) {
      feedback.error(
        'The file was not read',
        new Error('It is larger than any configuration: 2 MB at most.'),
      );
      return;
    }
    const content = await file.text();
    if (content.length > MAX_TEXT)
      feedback.error('The file was not read', new Error('It has more than 500,000 characters.'));
    else onText(content);
  }

  return (
    <form
      className={classes.paste}
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() !== '' && !busy) onText(text);
      }}
    >
      <Textarea
        label="Or paste a configuration"
        description="JSON with “mcpServers” or “servers”; comments and trailing commas are fine."
        placeholder={'{ "mcpServers": { "search": { "command": "python3", "args": ["server.py"] } } }'}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        maxLength={MAX_TEXT}
        autosize
        minRows={3}
        maxRows={12}
        spellCheck={false}
        classNames={{ input: classes.mono ?? '' }}
      />
      <div className={classes.buttons}>
        <Button type="submit" disabled={text.trim() === '' || busy}>
          Show its servers
        </Button>
        <FileButton accept=".json,application/json" onChange={(file) => void read(file)}>
          {(props) => (
            <Button {...props} disabled={busy}>
              Choose a file…
            </Button>
          )}
        </FileButton>
      </div>
    </form>
  );
}
