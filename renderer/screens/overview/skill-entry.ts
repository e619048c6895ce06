import type { Heartbeat } from '../../../shared/model/history.ts';
import type { Range } from '../../state/ranges.ts';
import type { MenuPlace } from './row-menu.tsx';

/** What a row of the table and a card are given. Every member is stable or a primitive, so that entries can be memoised. */
export interface EntryProps {
  readonly skillId: string;
  /** From 0, in the whole list. */
  readonly rowIndex: number;
  readonly heartbeat: Heartbeat | undefined;
  readonly loading: boolean;
  readonly range: Range;
  /** Epoch ms of the left edge of the heartbeat bar. */
  readonly from: number;
  readonly tabbable: boolean;
  readonly onFocused: (skillId: string) => void;
  readonly onMenu: (place: MenuPlace) => void;
  /** `range`: everything from the one selected last to this one. */
  readonly onSelect: (skillId: string, range: boolean) => void;
}
