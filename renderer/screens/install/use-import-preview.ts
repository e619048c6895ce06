import { type UseMutationResult, useMutation } from '@tanstack/react-query';
import type { CommandAnswer, CommandPayload } from '../../../shared/contract/index.ts';
import { call } from '../../bridge/call.ts';

/** From a page comes the name of a configuration the host has found, or a text; never a path. */
export type ImportOrigin = Pick<CommandPayload<'import.preview'>, 'sourceId' | 'text'>;
export interface Preview extends CommandAnswer<'import.preview'> {
  readonly origin: ImportOrigin;
}

/** Which servers a configuration lists. Starts nothing. */
export function useImportPreview(): UseMutationResult<Preview, Error, ImportOrigin> {
  return useMutation({
    mutationFn: async (origin: ImportOrigin) => ({ origin, ...(await call('import.preview', origin)) }),
  });
}
