import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Follower, type FollowStep, type SnapshotMark } from '../../../../electron/core/fleet/follower.ts';
import type { EventBatch } from '../../../../shared/contract/fleet-wire.ts';

function batch(boot: string, from: number, count = 1): EventBatch {
  return {
    ...{ v: 1, hostId: 'b', boot, from, at: 0 },
    events: Array.from({ length: count }, (_, index) => ({ event: 'e', payload: from + index })),
  };
}
const seqs = (step: FollowStep | null) => step?.pass.map(({ seq }) => seq);

function following(boot = 'one', seq = 10): Follower {
  const follower = new Follower();
  follower.snapshot(follower.ask(), boot, seq);
  return follower;
}

describe('the follower of one host', () => {
  it('passes what is next, and what of a batch is new', () => {
    const follower = following();
    expect(seqs(follower.batch(batch('one', 11, 2), 100))).toEqual([11, 12]);
    expect(seqs(follower.batch(batch('one', 11, 2), 100))).toEqual([]);
    expect(seqs(follower.batch(batch('one', 12, 3), 100))).toEqual([13, 14]);
    expect(follower.at).toEqual({ boot: 'one', seq: 14 });
  });

  it('keeps what comes before the snapshot and passes what the snapshot does not hold', () => {
    const follower = new Follower();
    const mark = follower.ask();
    expect(follower.batch(batch('one', 9, 2), 100)).toEqual({ pass: [], lost: false });
    follower.batch(batch('one', 11, 2), 100);
    expect(seqs(follower.snapshot(mark, 'one', 10))).toEqual([11, 12]);
  });

  it('says once that a hole or another start needs a snapshot, and goes on from that', () => {
    const follower = following();
    expect(follower.batch(batch('one', 12), 100)).toEqual({ pass: [], lost: true });
    expect(follower.batch(batch('one', 13), 100)).toEqual({ pass: [], lost: false });
    expect(seqs(follower.snapshot(follower.ask(), 'one', 12))).toEqual([13]);
    expect(follower.batch(batch('two', 1), 100)).toEqual({ pass: [], lost: true });
    expect(seqs(follower.snapshot(follower.ask(), 'two', 0))).toEqual([1]);
    // What is left of the start before is no news, however late it comes.
    expect(follower.batch(batch('one', 14), 100)).toEqual({ pass: [], lost: false });
  });

  it('notices a loss at the end, where no later event shows it, at the second report', () => {
    const follower = following();
    expect(follower.reported('one', 12).lost).toBe(false);
    follower.batch(batch('one', 11), 100);
    expect(follower.reported('one', 12).lost).toBe(true);
    const punctual = following();
    punctual.reported('one', 12);
    punctual.batch(batch('one', 11, 2), 100);
    expect(punctual.reported('one', 15).lost).toBe(false);
  });

  it('passes again what passed while somebody else waited for a snapshot', () => {
    const follower = following();
    const mark = follower.ask();
    follower.batch(batch('one', 11, 3), 100);
    expect(seqs(follower.snapshot(mark, 'one', 11))).toEqual([12, 13]);
    expect(seqs(follower.snapshot(follower.ask(), 'one', 11))).toEqual([]);
    expect(follower.at).toEqual({ boot: 'one', seq: 13 });
  });

  it('tells those who are in step when a snapshot shows that the host began anew', () => {
    const follower = following('one');
    expect(follower.snapshot(follower.ask(), 'two', 3)).toEqual({ pass: [], lost: true });
    expect(follower.at).toEqual({ boot: 'two', seq: 3 });
  });

  it('does not take a snapshot of a start that is over', () => {
    const follower = following('one');
    const mark = follower.ask();
    follower.batch(batch('two', 1), 100);
    follower.snapshot(follower.ask(), 'two', 1);
    expect(follower.snapshot(mark, 'one', 10)).toBeNull();
    expect(follower.at).toEqual({ boot: 'two', seq: 1 });
  });

  it('holds no more than it may while it waits', () => {
    const follower = new Follower();
    for (let from = 1; from <= 20_000; from += 1000) follower.batch(batch('one', from, 1000), 100);
    expect(follower.snapshot(follower.ask(), 'one', 15_000)?.pass).toHaveLength(5000);
    const heavy = new Follower();
    for (let from = 1; from <= 64; from += 1) heavy.batch(batch('one', from), 1_048_576);
    expect(seqs(heavy.snapshot(heavy.ask(), 'one', 60))).toEqual([61, 62, 63, 64]);
  });

  it('is in step in the end, whatever was lost, repeated, late, out of order or begun anew', () => {
    const at = fc.nat({ max: 20 });
    const step = fc.oneof(
      { weight: 4, arbitrary: fc.record({ do: fc.constant('happen' as const), count: fc.nat({ max: 3 }) }) },
      { weight: 4, arbitrary: fc.record({ do: fc.constant('deliver' as const), at }) },
      fc.record({ do: fc.constant('lose' as const), at }),
      fc.record({ do: fc.constant('repeat' as const), at }),
      fc.record({ do: fc.constantFrom('reboot', 'report', 'answer', 'arrive', 'reconnect', 'join') }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const fleet = new SmallFleet();
        for (const one of steps) fleet.take(one);
        fleet.quiet();
        for (const page of fleet.pages) expect(page.shown).toEqual(fleet.sender);
      }),
      { numRuns: 1000 },
    );
  });
});

interface Shown {
  boot: string;
  seq: number;
  state: number;
}
type Step =
  | { do: 'happen'; count: number }
  | { do: 'deliver' | 'lose' | 'repeat'; at: number }
  | { do: string };
type Message = EventBatch | { readonly boot: string; readonly seq: number };

/** One host, a network that does what it likes, one follower and the pages behind it. */
class SmallFleet {
  sender: Shown = { boot: 'boot-0', seq: 0, state: 0 };
  readonly pages: Page[] = [new Page()];
  readonly #follower = new Follower();
  #network: Message[] = [];
  #asked: { mark: SnapshotMark; answer: Shown | null } | null = null;
  #boots = 0;

  take(step: Step): void {
    const message = 'at' in step ? this.#network[step.at] : undefined;
    if (step.do === 'happen' && 'count' in step) this.#happen(step.count);
    else if (message !== undefined && step.do === 'deliver') this.#deliver(this.#out(message));
    else if (message !== undefined && step.do === 'lose') this.#out(message);
    else if (message !== undefined && step.do === 'repeat') this.#network.push(message);
    else if (step.do === 'report') this.#report();
    else if (step.do === 'reconnect') this.#carryOut(this.#follower.missed());
    else if (step.do === 'join') this.pages.push(new Page());
    else if (step.do === 'answer') this.#answer();
    else if (step.do === 'arrive') this.#arrive();
    else if (step.do === 'reboot') {
      this.#boots += 1;
      // A restart changes things without an event telling it.
      this.sender = { boot: `boot-${this.#boots}`, seq: 0, state: this.sender.state + 1000 };
    }
    this.#ask();
  }

  /** Nothing more happens; the host goes on reporting, and what is on its way arrives. */
  quiet(): void {
    for (let round = 0; round < 6; round += 1) {
      this.#report();
      for (const message of this.#network.splice(0)) this.#deliver(message);
      for (let asks = 0; asks < 3; asks += 1) {
        this.#ask();
        this.#answer();
        this.#arrive();
      }
    }
  }

  #happen(count: number): void {
    const from = this.sender.seq + 1;
    for (let one = 0; one < count; one += 1) {
      this.sender = { ...this.sender, seq: this.sender.seq + 1, state: this.sender.state + 1 };
    }
    if (count === 0) return;
    const events = Array.from({ length: count }, (_, index) => ({
      event: 'e',
      payload: this.sender.state - count + 1 + index,
    }));
    this.#network.push({ v: 1, hostId: 'b', boot: this.sender.boot, from, at: 0, events });
  }

  #report(): void {
    this.#network.push({ boot: this.sender.boot, seq: this.sender.seq });
  }

  #out(message: Message): Message {
    this.#network.splice(this.#network.indexOf(message), 1);
    return message;
  }

  #deliver(message: Message): void {
    if ('events' in message) this.#carryOut(this.#follower.batch(message, 100));
    else this.#carryOut(this.#follower.reported(message.boot, message.seq));
  }

  #ask(): void {
    if (this.#asked !== null || this.pages.every(({ shown }) => shown !== null)) return;
    this.#asked = { mark: this.#follower.ask(), answer: null };
  }

  #answer(): void {
    if (this.#asked !== null) this.#asked.answer ??= { ...this.sender };
  }

  #arrive(): void {
    if (this.#asked?.answer == null) return;
    const { answer, mark } = this.#asked;
    this.#asked = null;
    const step = this.#follower.snapshot(mark, answer.boot, answer.seq);
    if (step === null) return;
    for (const page of this.pages) page.shown ??= { ...answer };
    this.#carryOut(step);
  }

  #carryOut({ lost, pass }: FollowStep): void {
    for (const page of this.pages) {
      for (const event of pass) page.apply(event);
      if (lost) page.shown = null;
    }
  }
}

/** What a page does: events in turn, and a new snapshot (null: asked for) when a number is missing. */
class Page {
  shown: Shown | null = null;

  apply({ boot, payload, seq }: FollowStep['pass'][number]): void {
    if (this.shown === null || (boot === this.shown.boot && seq <= this.shown.seq)) return;
    const isNext = boot === this.shown.boot && seq === this.shown.seq + 1;
    this.shown = isNext ? { boot, seq, state: payload as number } : null;
  }
}
