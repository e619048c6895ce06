import { useCallback, useMemo, useState } from 'react';
import type { LogLine } from '../../../shared/model/log.ts';
import type { LogRow } from './log-rows.ts';
import { keysBetween } from './log-selection.ts';

export interface LogSelection {
  /** The row the keys act from. */
  readonly cursor: string | null;
  /** The lines selected, oldest first. */
  readonly lines: readonly LogLine[];
  has(key: string): boolean;
  isExpanded(key: string): boolean;
  /** Puts the cursor on a row; `extend` selects everything from where it was first put. */
  move(key: string, extend: boolean): void;
  clear(): void;
  /** Lays the selected lines out, or puts them back on one line. */
  toggleExpanded(): void;
}

/** Which rows are selected, and which are laid out. */
export function useLogSelection(rows: readonly LogRow[]): LogSelection {
  const [ends, setEnds] = useState<{ readonly anchor: string; readonly head: string } | null>(null);
  const [expanded, setExpanded] = useState<ReadonlySet<string>>(new Set());
  const move = useCallback(
    (key: string, extend: boolean) =>
      setEnds((before) => ({ anchor: extend && before !== null ? before.anchor : key, head: key })),
    [],
  );
  const clear = useCallback(() => setEnds(null), []);
  return useMemo(() => {
    const keys = ends === null ? [] : keysBetween(rows, ends.anchor, ends.head);
    const selected = new Set(keys);
    const lines =
      selected.size === 0
        ? []
        : rows.flatMap((row) => (row.kind === 'line' && selected.has(row.key) ? [row.line] : []));
    return {
      cursor: ends?.head ?? null,
      lines,
      has: (key) => selected.has(key),
      isExpanded: (key) => expanded.has(key),
      ...{ move, clear },
      toggleExpanded: () =>
        setExpanded((before) => {
          const open = keys.some((key) => before.has(key));
          const rest = [...before].filter((key) => !selected.has(key));
          return new Set(open ? rest : [...rest, ...keys]);
        }),
    };
  }, [rows, ends, expanded, move, clear]);
}
