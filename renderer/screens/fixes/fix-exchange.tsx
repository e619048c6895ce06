import { Button, FileButton, Modal } from '@mantine/core';
import { IconDownload, IconUpload } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import {
  addCounts,
  type ExchangePattern,
  type ImportCounts,
  importChunks,
  MAX_EXCHANGE_BYTES,
  readFixExchange,
} from '../../../shared/model/fix-exchange.ts';
import { call } from '../../bridge/call.ts';
import { download } from '../../components/download.ts';
import { OwnerOnly } from '../../components/fleet/locked.tsx';
import { plural } from '../../components/format.ts';
import { feedback } from '../../state/feedback.ts';
import classes from './fixes-screen.module.css';

interface Found {
  readonly patterns: readonly ExchangePattern[];
  readonly counts: ImportCounts;
}

/** Takes the recorded fixes to another machine, and from there. An import says first what it would do. */
export function FixExchangeButtons({ count }: { count: number }) {
  const queryClient = useQueryClient();
  const [found, setFound] = useState<Found | null>(null);
  const save = useMutation({
    mutationFn: () => call('fix.export', {}),
    onSuccess: (exchange) => download(`skillward-fixes-${today()}.json`, JSON.stringify(exchange, null, 2)),
    onError: (error) => feedback.error('The fixes could not be exported', error),
  });
  const look = useMutation({
    mutationFn: async (file: File): Promise<Found> => {
      if (file.size > MAX_EXCHANGE_BYTES) throw new Error('The file is larger than 16 MiB.');
      const read = readFixExchange(await file.text());
      if (!read.ok) throw new Error(read.message);
      return { patterns: read.patterns, counts: await importAll(read.patterns, 'preview') };
    },
    onSuccess: setFound,
    onError: (error) => feedback.error('Nothing was imported', error),
  });
  const merge = useMutation({
    mutationFn: ({ patterns }: Found) => importAll(patterns, 'merge'),
    onSuccess: (counts) => {
      const known = counts.same + counts.conflicting;
      feedback.done(`Imported ${plural(counts.added + known, 'fix', 'fixes')}`, { key: 'fix-import' });
    },
    onError: (error) => feedback.error('Not everything could be imported', error),
    onSettled: () => {
      setFound(null);
      void queryClient.invalidateQueries({ queryKey: ['fixes'] });
      void queryClient.invalidateQueries({ queryKey: ['fix-matches'] });
    },
  });
  return (
    <>
      <OwnerOnly>
        <FileButton accept="application/json,.json" onChange={(file) => file !== null && look.mutate(file)}>
          {(props) => (
            <Button {...props} leftSection={<IconUpload size={15} aria-hidden />} loading={look.isPending}>
              Import
            </Button>
          )}
        </FileButton>
      </OwnerOnly>
      <Button
        leftSection={<IconDownload size={15} aria-hidden />}
        disabled={count === 0}
        loading={save.isPending}
        onClick={() => save.mutate()}
      >
        Export
      </Button>
      <Modal opened={found !== null} onClose={() => setFound(null)} title="Import fixes">
        {found !== null && (
          <>
            <ul>
              <li>{plural(found.counts.added, 'fix', 'fixes')} for errors not known here</li>
              <li>{plural(found.counts.conflicting, 'other fix', 'other fixes')} for errors known here</li>
              <li>{plural(found.counts.same, 'fix', 'fixes')} known already: the larger counts are kept</li>
              {found.counts.refused > 0 && (
                <li>{plural(found.counts.refused, 'entry', 'entries')} left out: they name no error</li>
              )}
            </ul>
            <div className={classes.dialogButtons}>
              <Button variant="filled" loading={merge.isPending} onClick={() => merge.mutate(found)}>
                Import
              </Button>
              <Button variant="subtle" color="gray" onClick={() => setFound(null)}>
                Cancel
              </Button>
            </div>
          </>
        )}
      </Modal>
    </>
  );
}

async function importAll(
  patterns: readonly ExchangePattern[],
  mode: 'preview' | 'merge',
): Promise<ImportCounts> {
  let counts: ImportCounts = { added: 0, same: 0, conflicting: 0, refused: 0 };
  for (const chunk of importChunks(patterns))
    counts = addCounts(counts, await call('fix.import', { patterns: chunk, mode }));
  return counts;
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}
