import type { Bridge, ConnectionState } from '../../renderer/bridge/connection.ts';
import { createListeners } from '../../renderer/bridge/listeners.ts';
import {
  CommandError,
  commandNames,
  commands,
  errorResponse,
  okResponse,
  type ResponseEnvelope,
  type SequencedEvent,
} from '../../shared/contract/index.ts';
import { cast, crowd } from './fake-host/cast.ts';
import { createFakeFleet, type FakeFleet } from './fake-host/fleet.ts';
import { handlersOf } from './fake-host/handlers.ts';
import { checkNow, liveOneSecond } from './fake-host/life.ts';
import { createWorld, type World } from './fake-host/world.ts';

/** What the fake host plays: the mock's twelve skills, all well, none, two hundred, and broken connections. */
export type Scenario =
  | 'twelve'
  | 'healthy'
  | 'empty'
  | 'crowd'
  | 'storm'
  | 'lost'
  | 'stale'
  | 'unauthorized'
  | 'waiting'
  | 'fleet'
  | 'hundred-hosts'
  | 'thousand-hosts';

export interface FakeBridge extends Bridge {
  readonly world: World;
  /** The hosts around it; null where it stands alone. */
  readonly fleet: FakeFleet | null;
  setConnection(state: ConnectionState): void;
}

function castOf(scenario: Scenario) {
  if (scenario === 'empty') return [];
  if (scenario === 'crowd' || scenario === 'storm') return crowd(200);
  if (scenario === 'healthy') return cast.map((member) => ({ ...member, role: 'ok' as const }));
  return cast;
}

const sizes: Partial<Record<Scenario, number>> = { fleet: 4, 'hundred-hosts': 100, 'thousand-hosts': 1000 };

/** The fleet of a scenario; every one of its hosts has something to tell twice a second. */
function fleetOf(scenario: Scenario, world: World): FakeFleet | null {
  const size = sizes[scenario];
  if (size === undefined) return null;
  const fleet = createFakeFleet(world, size);
  setInterval(() => fleet.tell([...fleet.hosts.keys()]), 500);
  return fleet;
}

/** A bridge to a host inside the page, typed by the contract; payloads are checked by it, so a wrong call is seen early. */
export function createFakeBridge(scenario: Scenario = 'twelve'): FakeBridge {
  const events = createListeners<readonly SequencedEvent[]>();
  const states = createListeners<ConnectionState>();
  let batch: SequencedEvent[] = [];
  let state: ConnectionState =
    scenario === 'waiting' ? { kind: 'connecting' } : { kind: 'live', resumed: false };
  const world = createWorld(castOf(scenario), Date.now(), (event) => batch.push(event));
  const fleet = fleetOf(scenario, world);
  const handlers = { ...handlersOf(world), ...fleet?.handlers };

  setInterval(() => {
    if (batch.length === 0) return;
    const sent = batch;
    batch = [];
    if (state.kind === 'live') events.tell(sent);
  }, 100);
  setInterval(() => liveOneSecond(world, Date.now()), 1000);
  if (scenario === 'storm') {
    let next = 0;
    setInterval(() => {
      for (let count = 0; count < 5; count += 1) {
        checkNow(world, world.cast[next % world.cast.length]?.id ?? '', Date.now());
        next += 1;
      }
    }, 100);
  }
  setTimeout(() => {
    if (scenario === 'lost') setConnection({ kind: 'lost', nextAttemptAt: Date.now() + 60_000 });
    if (scenario === 'stale') setConnection({ kind: 'stale', since: Date.now() - 14_000 });
    if (scenario === 'unauthorized') setConnection({ kind: 'unauthorized' });
  }, 600);

  function setConnection(next: ConnectionState): void {
    state = next;
    states.tell(next);
  }

  async function answer(name: (typeof commandNames)[number], payload: unknown): Promise<ResponseEnvelope> {
    if (state.kind !== 'live') {
      return errorResponse('fake', { code: 'unavailable', message: 'The host is not reachable.' });
    }
    const read = commands[name].payload.safeParse(payload);
    if (!read.success) return errorResponse('fake', { code: 'invalid_payload', message: read.error.message });
    try {
      const handle = handlers[name] as ((payload: unknown) => unknown) | undefined;
      if (handle === undefined) throw new CommandError('unavailable', `The fake host does not play ${name}.`);
      await new Promise((resolve) => setTimeout(resolve, 15));
      const given = await handle(read.data);
      // 200 bars are checked by the host's own tests; here they would be most of what a profile shows.
      return okResponse('fake', name === 'history.heartbeats' ? given : commands[name].answer.parse(given));
    } catch (error) {
      if (error instanceof CommandError)
        return errorResponse('fake', { code: error.code, message: error.message });
      return errorResponse('fake', { code: 'internal', message: String(error) });
    }
  }

  return {
    world,
    fleet,
    hostKind: 'headless',
    commands: Object.fromEntries(
      commandNames.map((name) => [name, (payload: unknown) => answer(name, payload)]),
    ) as unknown as Bridge['commands'],
    onEvents: events.add,
    connection: () => state,
    onConnection: states.add,
    reconnect: () => setConnection({ kind: 'live', resumed: false }),
    setConnection,
  };
}
