import { Button, Loader, Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useState } from 'react';
import type { LogLine } from '../../../shared/model/log.ts';
import { logLineText } from '../../../shared/model/log-text.ts';
import { call } from '../../bridge/call.ts';
import { feedback } from '../../state/feedback.ts';
import { download } from '../download.ts';
import { formatCount, plural } from '../format.ts';
import type { LogQuery } from './log-filter.ts';

const MOST_LINES = 50_000;

/** Saves the lines that are loaded, or everything the filter lets through. */
export function LogSaveMenu({ lines, query }: { lines: readonly LogLine[]; query: LogQuery }) {
  const [saving, setSaving] = useState(false);

  function saveShown(): void {
    const text = lines.map((line) => `${logLineText(line)}\n`).join('');
    download(
      `skillward-log-${new Date().toISOString().slice(0, 19).replaceAll(':', '-')}.txt`,
      text,
      'text/plain',
    );
  }

  async function saveAll(format: 'text' | 'jsonl'): Promise<void> {
    setSaving(true);
    try {
      const answer = await call('logs.export', { ...query, format, limit: MOST_LINES });
      download(answer.fileName, answer.text, format === 'text' ? 'text/plain' : 'application/x-ndjson');
      const most = answer.truncated ? ', the latest of more' : '';
      feedback.done(`Saved ${plural(answer.lines, 'line', 'lines')}${most}`, { key: 'log-save' });
    } catch (error) {
      feedback.error('The log could not be saved', error, { key: 'log-save' });
    }
    setSaving(false);
  }

  return (
    <Menu>
      <Menu.Target>
        {/* Not Mantine's `loading`: that disables the button just when the menu gives the focus back to it. */}
        <Button
          aria-busy={saving}
          rightSection={
            saving ? <Loader size={12} aria-label="The log is being saved" /> : <IconChevronDown size={14} />
          }
        >
          Save
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item disabled={lines.length === 0} onClick={saveShown}>
          The {formatCount(lines.length)} lines loaded
        </Menu.Item>
        <Menu.Item onClick={() => void saveAll('text')}>Everything that matches</Menu.Item>
        <Menu.Item onClick={() => void saveAll('jsonl')}>Everything that matches, as JSON lines</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
