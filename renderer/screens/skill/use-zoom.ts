import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { TimeWindow } from '../../state/ranges.ts';

/** The stretch a person zoomed to, kept in the address; null while the range control rules. */
export function useZoom(): readonly [TimeWindow | null, (zoom: TimeWindow | null) => void] {
  const { from, to } = useSearch({ from: '/skill/$skillId' });
  const navigate = useNavigate({ from: '/skill/$skillId' });
  return useMemo(() => {
    const zoom = from !== undefined && to !== undefined && from < to ? { from, to } : null;
    const set = (next: TimeWindow | null) => {
      const stretch = { from: next?.from, to: next?.to };
      void navigate({ search: (search) => ({ ...search, ...stretch }), replace: true });
    };
    return [zoom, set] as const;
  }, [from, to, navigate]);
}
