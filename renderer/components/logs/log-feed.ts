import type { CommandAnswer, CommandPayload } from '../../../shared/contract/index.ts';
import type { LogLine } from '../../../shared/model/log.ts';
import { logLineKey } from '../../../shared/model/log-text.ts';
import type { LineAddress, LogQuery } from './log-filter.ts';

type Answer = CommandAnswer<'logs.read'>;

/** Lines held at most; what goes beyond is let go of in whole pages and read again when it is wanted. */
export const MAX_LINES = 10_000;
const FIRST_LINES = 500;
const PAGE_LINES = 500;
/** Lines asked for at once while catching up with what is written. */
const NEWER_LINES = 2000;
/** Least time between two reads of what is new, ms. */
const NUDGE_GAP_MS = 200;
/** How often a search that found little goes on by itself before a person is asked. */
const MAX_SEARCHES = 4;
const ENOUGH_LINES = 100;

export interface LogFeedState {
  readonly status: 'loading' | 'ready' | 'failed';
  readonly error: unknown;
  /** Oldest first. */
  readonly lines: readonly LogLine[];
  readonly hasOlder: boolean;
  readonly loadingOlder: boolean;
  /** How far back has been looked, epoch ms; null: to the beginning. */
  readonly searchedTo: number | null;
  /** The newest line is here, and what comes next will be. */
  readonly live: boolean;
  /** Lines that were added at the end since somebody last looked there. */
  readonly unseen: number;
  readonly droppedBytes: number;
}

interface Page {
  readonly lines: readonly LogLine[];
  readonly older: string | null;
  readonly newer: string;
}

export interface LogFeedPorts {
  readonly query: LogQuery;
  /** Begins with the surroundings of this line instead of the end. */
  readonly around: LineAddress | null;
  read(payload: CommandPayload<'logs.read'>): Promise<Answer>;
  /** Runs something after so many ms. */
  later(run: () => void, ms: number): void;
}

const empty: LogFeedState = {
  ...{ status: 'loading', error: null, lines: [], hasOlder: false, loadingOlder: false },
  ...{ searchedTo: null, live: false, unseen: 0, droppedBytes: 0 },
};

/**
 * A window of at most 10,000 lines onto a log that may be endless: older lines come in as one scrolls up, newer ones as
 * they are written. Each line is in it once, whatever overlaps: every read goes on at the place where another stopped.
 */
export class LogFeed {
  readonly #ports: LogFeedPorts;
  readonly #listeners = new Set<() => void>();
  #state: LogFeedState = empty;
  #pages: Page[] = [];
  #round = 0;
  #following = true;
  #reading = false;
  #nudged = false;

  constructor(ports: LogFeedPorts) {
    this.#ports = ports;
  }

  readonly state = (): LogFeedState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Reads from the beginning. What is still under way from before is dropped. */
  start(around: LineAddress | null = this.#ports.around): void {
    this.#round += 1;
    this.#reading = false;
    this.#nudged = false;
    this.#following = around === null;
    void this.#first(this.#round, around);
  }

  stop(): void {
    this.#round += 1;
  }

  /** Whether the end is being watched: then what is oldest may go, otherwise what is read stays. */
  setFollowing(following: boolean): void {
    if (following === this.#following && (!following || this.#state.unseen === 0)) return;
    this.#following = following;
    if (following) this.#set({ unseen: 0 });
    if (following) this.nudge();
  }

  /** Goes to the end of the log, wherever the window is. */
  toEnd(): void {
    if (this.#state.live) this.setFollowing(true);
    else this.start(null);
  }

  /** Something was written. */
  nudge(): void {
    this.#nudged = true;
    if (this.#reading || !this.#state.live || this.#full) return;
    this.#reading = true;
    void this.#newer(this.#round);
  }

  async loadOlder(): Promise<void> {
    const round = this.#round;
    if (this.#state.loadingOlder || !this.#state.hasOlder) return;
    this.#set({ loadingOlder: true });
    try {
      await this.#searchOlder(round, this.#state.lines.length + PAGE_LINES);
      if (round === this.#round) this.#set({ loadingOlder: false, error: null });
    } catch (error) {
      if (round === this.#round) this.#set({ loadingOlder: false, error });
    }
  }

  /** Reads what follows a window that does not reach the end. */
  async loadNewer(): Promise<void> {
    const round = this.#round;
    if (this.#reading || this.#state.live || this.#state.status !== 'ready') return;
    this.#reading = true;
    try {
      await this.#append(round, PAGE_LINES);
    } catch (error) {
      if (round === this.#round) this.#set({ error });
    }
    if (round === this.#round) this.#reading = false;
  }

  get #full(): boolean {
    return !this.#following && this.#state.lines.length >= MAX_LINES;
  }

  async #first(round: number, around: LineAddress | null): Promise<void> {
    const { query, read } = this.#ports;
    this.#set({ ...empty, lines: this.#state.lines, status: 'loading' });
    try {
      const before = around === null ? query : { ...query, before: around.at + 1 };
      const answer = await read({ ...before, limit: FIRST_LINES });
      if (round !== this.#round) return;
      this.#pages = [answer];
      this.#show({ searchedTo: answer.searchedTo, droppedBytes: answer.droppedBytes, live: answer.atEnd });
      if (around === null) await this.#searchOlder(round, ENOUGH_LINES);
      else await this.#append(round, PAGE_LINES);
      if (round !== this.#round) return;
      this.#set({ status: 'ready', error: null, unseen: 0 });
      if (this.#nudged) this.nudge();
    } catch (error) {
      if (round === this.#round) this.#set({ status: 'failed', error, lines: [] });
    }
  }

  /** Looks back until there are so many lines, for a few reads at most. */
  async #searchOlder(round: number, wanted: number): Promise<void> {
    for (let search = 0; search < MAX_SEARCHES; search += 1) {
      const cursor = this.#pages[0]?.older ?? null;
      if (cursor === null || this.#state.lines.length >= wanted) return;
      const answer = await this.#ports.read({ ...this.#ports.query, cursor, limit: PAGE_LINES });
      if (round !== this.#round) return;
      this.#pages.unshift(answer);
      const dropped = this.#trim('newest');
      this.#show({ searchedTo: answer.searchedTo, live: this.#state.live && !dropped });
    }
  }

  async #newer(round: number): Promise<void> {
    try {
      do {
        this.#nudged = false;
        for (let atEnd = false; !atEnd && round === this.#round && !this.#full; )
          atEnd = await this.#append(round, NEWER_LINES);
      } while (this.#nudged && round === this.#round && !this.#full && (await this.#pause(round)));
    } catch (error) {
      if (round === this.#round) this.#set({ error });
    }
    if (round === this.#round) this.#reading = false;
  }

  async #pause(round: number): Promise<boolean> {
    await new Promise<void>((resolve) => this.#ports.later(resolve, NUDGE_GAP_MS));
    return round === this.#round;
  }

  /** One read of what follows. True when that is the end. */
  async #append(round: number, limit: number): Promise<boolean> {
    const last = this.#pages.at(-1);
    if (last === undefined) return true;
    const { query, read } = this.#ports;
    const answer = await read({ ...query, from: 'oldest', cursor: last.newer, limit });
    if (round !== this.#round) return true;
    if (last.lines.length + answer.lines.length > PAGE_LINES)
      this.#pages.push({ ...answer, older: last.newer });
    else this.#pages[this.#pages.length - 1] = joined(last, answer);
    if (this.#following) this.#trim('oldest');
    const unseen = this.#following ? 0 : this.#state.unseen + (this.#state.live ? answer.lines.length : 0);
    this.#show({
      live: this.#state.live || answer.atEnd,
      unseen,
      droppedBytes: answer.droppedBytes,
      error: null,
    });
    return answer.atEnd;
  }

  /** Lets whole pages go at one end while there are more lines than may be. */
  #trim(end: 'oldest' | 'newest'): boolean {
    let dropped = false;
    let count = this.#pages.reduce((sum, page) => sum + page.lines.length, 0);
    while (this.#pages.length > 1) {
      const page = end === 'oldest' ? this.#pages[0] : this.#pages.at(-1);
      if (page === undefined || count - page.lines.length < MAX_LINES) break;
      count -= page.lines.length;
      if (end === 'oldest') this.#pages.shift();
      else this.#pages.pop();
      dropped = true;
    }
    return dropped;
  }

  /** Puts the pages into the state. Lines that are the same stay the same array. */
  #show(change: Partial<LogFeedState>): void {
    const lines = this.#pages.flatMap((page) => page.lines);
    const known = this.#state.lines;
    const same =
      lines.length === known.length &&
      (lines.length === 0 || (keyAt(lines, 0) === keyAt(known, 0) && keyAt(lines, -1) === keyAt(known, -1)));
    const hasOlder = (this.#pages[0]?.older ?? null) !== null;
    this.#set({ ...change, hasOlder, ...(same ? {} : { lines }) });
  }

  #set(change: Partial<LogFeedState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}

function joined(page: Page, next: Page): Page {
  return { lines: [...page.lines, ...next.lines], older: page.older, newer: next.newer };
}

function keyAt(lines: readonly LogLine[], index: number): string | null {
  const line = lines.at(index);
  return line === undefined ? null : logLineKey(line);
}
