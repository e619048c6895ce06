import {
  type CommandAnswer,
  type CommandName,
  type CommandPayload,
  commandNames,
  commands,
  type ErrorCode,
  type EventPayload,
  errorResponse,
  events,
  isEventName,
  type ResponseEnvelope,
  type SequencedEvent,
} from '../../shared/contract/index.ts';
import type { AppConfig } from '../../shared/model/config.ts';
import type { FleetHost } from '../../shared/model/fleet.ts';
import type { Bridge, ConnectionState } from './connection.ts';
import { createListeners } from './listeners.ts';
import { RemoteNumbers } from './remote-numbers.ts';

export interface RemoteOptions {
  /** The way to the host that asks on our behalf. */
  readonly home: Bridge;
  readonly hostId: string;
  /** What the fleet knows of the host: `undefined` before it is known who is in it, null for one that is not in it. */
  readonly host: () => FleetHost | null | undefined;
  /** Calls back whenever `host` may tell something else. Returns the end of it. */
  readonly onHost: (listener: () => void) => () => void;
}

/** The bridge to another host; `close` ends it and lets its lease run out. */
export interface RemoteBridge extends Bridge {
  close(): void;
  /** Renews the lease now instead of in a while: somebody has just begun to look again. */
  renew(): void;
}

/** How often the lease of `fleet.follow` is renewed, ms: a third of `FLEET_LEASE_MS`. */
const RENEW_MS = 20_000;
/** A page that slept longer than this between two renewals may have lost its lease, and events with it; ms. */
const OVERSLEPT_MS = 45_000;
/** What another host may take for an answer, ms: less than the page waits for our own. */
const ANSWER_MS = 25_000;
/** The most events kept while a snapshot is on its way; beyond it another one is taken. */
const MAX_HELD = 5000;

/**
 * Another host of the fleet, seen through our own (docs/decisions/fleet-dashboard.md): its commands are `fleet.call`, its
 * snapshot is `fleet.follow`'s, its events come as `fleet.event`. About the fleet, and about how this dashboard itself
 * looks and behaves (`general` of the config), our own host is asked. What the other host says is read by the contract:
 * it may be of another version, or not a friend.
 */
export function connectRemote({ home, hostId, host, onHost }: RemoteOptions): RemoteBridge {
  const listeners = createListeners<readonly SequencedEvent[]>();
  const states = createListeners<ConnectionState>();
  const numbers = new RemoteNumbers();
  let general: AppConfig['general'] | null = null;
  /** What comes while a snapshot is on its way: whether it is in it is known when it is there. */
  let held: EventPayload<'fleet.event'>[] | null = null;
  let round = 0;
  let renewedAt = Date.now();
  let state = derived();
  let known = JSON.stringify(state);

  function derived(): ConnectionState {
    const own = home.connection();
    if (own.kind !== 'live') return own;
    const there = host();
    if (there === undefined) return { kind: 'connecting' };
    if (there === null || there.state === 'unknown') {
      return { kind: 'unheard', since: there?.lastHeardAt ?? null };
    }
    return { kind: 'live', resumed: false };
  }

  /** Says how things stand where that has changed. */
  function look(): void {
    const next = derived();
    const said = JSON.stringify(next);
    if (said === known) return;
    known = said;
    state = next;
    states.tell(next);
  }

  /** What comes from here on does not continue what is shown: whoever keeps a copy takes a new snapshot. */
  function startOver(): void {
    if (state.kind !== 'live' || held !== null) return;
    held = [];
    states.tell({ kind: 'live', resumed: false });
  }

  function receive(batch: readonly SequencedEvent[]): void {
    const mine: SequencedEvent[] = [];
    for (const event of batch) {
      if (event.event === 'config.changed') general = event.payload.config.general;
      if (event.event !== 'fleet.event' || event.payload.hostId !== hostId) continue;
      if (held === null) take(event.payload, mine);
      else if (held.length < MAX_HELD) held.push(event.payload);
    }
    if (mine.length > 0) listeners.tell(mine);
  }

  function take(told: EventPayload<'fleet.event'>, into: SequencedEvent[]): void {
    const place = numbers.place(told.boot, told.seq);
    if (place === 'another-boot') startOver();
    if (typeof place === 'string') return;
    const event = readEvent(told, place);
    // One this version cannot read still counts; only its content is nobody's.
    if (event === null) numbers.skip();
    else into.push(withOwn(event));
  }

  /** The other host's config with our own `general` in it. */
  function withOwn(event: SequencedEvent): SequencedEvent {
    if (event.event !== 'config.changed') return event;
    return { ...event, payload: { config: overlaid(event.payload.config) } };
  }
  const overlaid = (config: AppConfig): AppConfig => (general === null ? config : { ...config, general });

  async function follow(): Promise<ResponseEnvelope> {
    held ??= [];
    round += 1;
    const mine = round;
    const [response, own] = await Promise.all([
      home.commands['fleet.follow']({ hostId }),
      home.commands['config.get']({}),
    ]);
    if (mine !== round) return refused('conflict', 'A newer snapshot was asked for.');
    const early = held;
    held = null;
    renewedAt = Date.now();
    if (own.ok) general = (own.payload as CommandAnswer<'config.get'>).config.general;
    if (!response.ok) return response;
    const { boot, seq, snapshot } = response.payload as CommandAnswer<'fleet.follow'>;
    if (snapshot === null) return refused('internal', 'The host gave no snapshot. It is asked again.');
    const from = numbers.restart(boot, seq);
    const after: SequencedEvent[] = [];
    for (const event of early) {
      if (event.boot === boot) take(event, after);
    }
    if (after.length > 0) listeners.tell(after);
    if (early.length >= MAX_HELD) queueMicrotask(startOver);
    return { ...response, payload: { ...snapshot, seq: from, settings: overlaid(snapshot.settings) } };
  }

  async function ask(name: CommandName, payload: unknown): Promise<ResponseEnvelope> {
    const response = await home.commands['fleet.call']({
      hostId,
      command: name,
      payload,
      timeoutMs: ANSWER_MS,
    });
    if (!response.ok) return response;
    const { answer } = response.payload as CommandAnswer<'fleet.call'>;
    if (!answer.ok) return answer;
    const read = commands[name].answer.safeParse(answer.payload);
    if (read.success) return { ...answer, payload: read.data };
    return refused(
      'internal',
      `The host answered in a way this version cannot read. It runs ${host()?.version ?? 'another version'}.`,
    );
  }

  async function readConfig(): Promise<ResponseEnvelope> {
    const response = await ask('config.get', {});
    return withConfig(response);
  }

  /** `general` goes to our own host, the rest to the other one; the answer is what is in force for this page. */
  async function patchConfig(patch: CommandPayload<'config.patch'>): Promise<ResponseEnvelope> {
    const { general: own, ...theirs } = patch;
    if (own !== undefined) {
      const response = await home.commands['config.patch']({ general: own });
      if (!response.ok) return response;
      general = (response.payload as CommandAnswer<'config.patch'>).config.general;
      if (Object.keys(theirs).length === 0) return readConfig();
    }
    return withConfig(await ask('config.patch', theirs));
  }

  function withConfig(response: ResponseEnvelope): ResponseEnvelope {
    if (!response.ok) return response;
    const { config } = response.payload as CommandAnswer<'config.get'>;
    return { ...response, payload: { config: overlaid(config) } };
  }

  function send(name: CommandName, payload: unknown): Promise<ResponseEnvelope> {
    if (isAboutFleet(name)) {
      const own = home.commands[name] as (payload: unknown) => Promise<ResponseEnvelope>;
      return own(payload);
    }
    if (state.kind !== 'live') {
      const { name: called } = host() ?? { name: hostId };
      return Promise.resolve(refused('unavailable', `“${called}” is not heard from. Ask again when it is.`));
    }
    if (name === 'state.snapshot') return follow();
    if (name === 'config.get') return readConfig();
    if (name === 'config.patch') return patchConfig(payload as CommandPayload<'config.patch'>);
    return ask(name, payload);
  }

  async function renew(): Promise<void> {
    if (state.kind !== 'live' || numbers.boot === null) return;
    const overslept = Date.now() - renewedAt > OVERSLEPT_MS;
    renewedAt = Date.now();
    if (overslept) {
      startOver();
      return;
    }
    const response = await home.commands['fleet.follow']({ hostId, renew: true });
    // A lease that could not be renewed means events may have been missed.
    if (!response.ok) startOver();
    else if ((response.payload as CommandAnswer<'fleet.follow'>).boot !== numbers.boot) startOver();
  }

  const ends = [home.onEvents(receive), home.onConnection(look), onHost(look)];
  const timer = setInterval(() => void renew(), RENEW_MS);
  return {
    hostKind: home.hostKind,
    commands: Object.fromEntries(
      commandNames.map((name) => [name, (payload: unknown) => send(name, payload)]),
    ) as unknown as Bridge['commands'],
    onEvents: listeners.add,
    connection: () => state,
    onConnection: states.add,
    reconnect: () => home.reconnect(),
    renew: () => void renew(),
    close: () => {
      clearInterval(timer);
      for (const end of ends) end();
    },
  };
}

function refused(code: ErrorCode, message: string): ResponseEnvelope {
  return errorResponse(null, { code, message });
}

function isAboutFleet(name: CommandName): boolean {
  return name.startsWith('fleet.');
}

/** The event as the contract knows it, or null for one it cannot read. */
function readEvent(told: EventPayload<'fleet.event'>, seq: number): SequencedEvent | null {
  // What another host says about its own view of the fleet is none of ours.
  if (!isEventName(told.event) || told.event.startsWith('fleet.')) return null;
  const read = events[told.event].safeParse(told.payload);
  return read.success ? ({ v: 1, seq, event: told.event, payload: read.data } as SequencedEvent) : null;
}
