import { useNavigate, useSearch } from '@tanstack/react-router';
import { useHost } from './host-store.ts';
import type { RangeId } from './ranges.ts';

/** The range every bar, chart and timeline shows, kept in the address so that a link shows the same. */
export function useRange(): readonly [RangeId, (range: RangeId) => void] {
  const { range } = useSearch({ strict: false });
  const opening = useHost((state) => state.openingRange);
  const navigate = useNavigate();
  const set = (next: RangeId) => {
    void navigate({ to: '.', search: (search) => ({ ...search, range: next }), replace: true });
  };
  return [range ?? opening ?? '24h', set];
}
