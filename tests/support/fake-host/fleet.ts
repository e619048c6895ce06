import {
  type CommandAnswer,
  CommandError,
  errorResponse,
  okResponse,
  type ResponseEnvelope,
} from '../../../shared/contract/index.ts';
import type { FleetCounts, FleetHost } from '../../../shared/model/fleet.ts';
import { cast } from './cast.ts';
import { type Handlers, handlersOf } from './handlers.ts';
import { liveOneSecond } from './life.ts';
import { runtimeStatusOf } from './status.ts';
import { createWorld, type World } from './world.ts';

const MINUTE = 60_000;

/** A fleet around the fake host: three hosts that live, one that is silent, one that lets others look; more on request. */
export interface FakeFleet {
  readonly handlers: Pick<
    Handlers,
    'fleet.status' | 'fleet.watch' | 'fleet.follow' | 'fleet.call' | 'fleet.call_many'
  >;
  readonly hosts: Map<string, FleetHost>;
  readonly worlds: ReadonlyMap<string, World>;
  /** Tells the page what has changed of these hosts. */
  readonly tell: (hostIds: readonly string[]) => void;
}

interface Member {
  readonly hostId: string;
  readonly name: string;
  readonly more?: Partial<FleetHost>;
}

const members: readonly Member[] = [
  { hostId: 'workshop', name: 'workshop', more: { state: 'here', labels: { place: 'home' } } },
  { hostId: 'attic', name: 'Attic server', more: { labels: { place: 'home', tier: 'prod' } } },
  {
    hostId: 'garden-pi',
    name: 'Garden Pi',
    more: {
      role: 'viewer',
      version: '0.1.9',
      platform: 'linux-arm64',
      clockSkewMs: -41_000,
      labels: { place: 'garden' },
    },
  },
  {
    hostId: 'cellar',
    name: 'Cellar NAS',
    more: { state: 'unknown', clockSkewMs: null, labels: { place: 'home', tier: 'prod' } },
  },
];

const castOf: Readonly<Record<string, Parameters<typeof createWorld>[0]>> = {
  attic: cast.slice(0, 7),
  'garden-pi': cast.filter(({ role }) => role === 'ok'),
  cellar: [],
};

export function createFakeFleet(home: World, total = members.length): FakeFleet {
  const now = Date.now();
  const worlds = new Map<string, World>([['workshop', home]]);
  const handlers = new Map<string, Handlers>([['workshop', handlersOf(home)]]);
  for (const [hostId, people] of Object.entries(castOf)) {
    const world = createWorld(people, now, (event) => {
      if (!followed.has(hostId) || event.event === 'fleet.changed' || event.event === 'fleet.event') return;
      const { seq, payload } = event;
      home.publish('fleet.event', { hostId, boot: 'boot-1', seq, event: event.event, payload });
    });
    worlds.set(hostId, world);
    handlers.set(hostId, handlersOf(world));
    setInterval(() => liveOneSecond(world, Date.now()), 1000);
  }
  const followed = new Set<string>();
  const extra = Array.from(
    { length: Math.max(0, total - members.length) },
    (_, index): Member => ({
      hostId: `node-${String(index + 1).padStart(4, '0')}`,
      name: `Node ${index + 1}`,
      more: { labels: { rack: `r${index % 8}`, tier: index % 3 === 0 ? 'prod' : 'test' } },
    }),
  );
  const hosts = new Map(
    [...members, ...extra].map((member, index) => [
      member.hostId,
      hostOf(member, now, countsOf(worlds.get(member.hostId)) ?? someCounts(index)),
    ]),
  );

  function link() {
    return {
      state: 'connected' as const,
      since: now - 3 * 60 * MINUTE,
      server: 'tls://nats.example.net:4222',
      nextAttemptAt: null,
      problem: null,
      keepsEvents: true,
      published: 4711,
      dropped: 0,
    };
  }

  async function ask(hostId: string, command: string, payload: unknown): Promise<ResponseEnvelope> {
    const host = hosts.get(hostId);
    const own = handlers.get(hostId);
    const refuse = (code: 'not_allowed' | 'unavailable', message: string) =>
      errorResponse('fake', { code, message });
    if (host === undefined || own === undefined || host.state === 'unknown')
      return refuse('unavailable', `“${host?.name ?? hostId}” did not answer.`);
    if (
      host.role === 'viewer' &&
      /^(skill\.(start|stop|restart|quarantine|release|health\.check)|fix\.record)$/.test(command)
    )
      return refuse('not_allowed', 'This host lets others of its fleet look, not change anything.');
    const handle = (own as Record<string, ((payload: unknown) => unknown) | undefined>)[command];
    if (handle === undefined || command === 'config.patch')
      return refuse('not_allowed', `${command} is not carried out for other hosts.`);
    try {
      return okResponse('fake', await handle(payload ?? {}));
    } catch (error) {
      if (error instanceof CommandError)
        return errorResponse('fake', { code: error.code, message: error.message });
      return errorResponse('fake', { code: 'internal', message: String(error) });
    }
  }

  return {
    hosts,
    worlds,
    tell: (hostIds) => {
      const at = Date.now();
      for (const hostId of hostIds) {
        const host = hosts.get(hostId);
        if (host === undefined || host.state === 'unknown') continue;
        const counts = countsOf(worlds.get(hostId)) ?? host.counts;
        hosts.set(hostId, {
          ...host,
          counts,
          lastHeardAt: at,
          loopLagP99Ms: 2 + ((at + host.name.length) % 9),
        });
      }
      home.publish('fleet.changed', {
        link: link(),
        hosts: hostIds.flatMap((hostId) => hosts.get(hostId) ?? []),
        gone: [],
      });
    },
    handlers: {
      'fleet.status': () => ({ hostId: 'workshop', name: 'workshop', role: 'viewer', link: link() }),
      'fleet.watch': () => ({ link: link(), hosts: [...hosts.values()] }),
      'fleet.follow': ({ hostId, renew }) => {
        const world = worlds.get(hostId);
        if (world === undefined || hosts.get(hostId)?.state === 'unknown')
          throw new CommandError('unavailable', 'The host did not answer.');
        followed.add(hostId);
        return {
          boot: 'boot-1',
          seq: world.seq,
          snapshot: renew === true ? null : snapshotOf(world),
        };
      },
      'fleet.call': async ({ hostId, command, payload }) => ({ answer: await ask(hostId, command, payload) }),
      'fleet.call_many': async ({ command, targets }) => ({
        results: await Promise.all(
          targets.map(async ({ hostId, payload }) => ({
            hostId,
            answer: await ask(hostId, command, payload),
          })),
        ),
      }),
    },
  };
}

function snapshotOf(world: World): CommandAnswer<'state.snapshot'> {
  return {
    seq: world.seq,
    skills: [...world.skills.values()],
    tasks: [...world.tasks.values()],
    incidents: world.incidents,
    notices: world.notices,
    settings: world.config,
    host: runtimeStatusOf(world),
  };
}

function hostOf({ hostId, name, more }: Member, now: number, counts: FleetCounts): FleetHost {
  const unknown = more?.state === 'unknown';
  return {
    hostId,
    name,
    version: '0.2.0',
    platform: 'linux-x64',
    labels: {},
    boot: 'boot-1',
    state: 'heard',
    since: now - (unknown ? 12 : 300) * MINUTE,
    lastHeardAt: unknown ? now - 12 * MINUTE : now - 2000,
    clockSkewMs: 4,
    role: 'operator',
    counts,
    startedAt: now - 900 * MINUTE,
    loopLagP99Ms: 2 + (name.length % 9),
    rssBytes: 74_000_000 + name.length * 1_000_000,
    ...more,
  };
}

function countsOf(world: World | undefined): FleetCounts | null {
  if (world === undefined || world.cast.length === 0) return null;
  const skills = [...world.skills.values()];
  const count = (kind: string) => skills.filter(({ health }) => health.status.kind === kind).length;
  const [healthy, degraded, failing, quarantined] = [
    count('healthy'),
    count('degraded'),
    count('failing'),
    count('quarantined'),
  ];
  return {
    skills: skills.length,
    healthy,
    degraded,
    failing,
    quarantined,
    other: skills.length - healthy - degraded - failing - quarantined,
    openIncidents: world.incidents.filter(({ endedAt }) => endedAt === null).length,
  };
}

function someCounts(index: number): FleetCounts {
  const failing = index % 17 === 0 ? 1 + (index % 3) : 0;
  const degraded = index % 11 === 0 ? 2 : 0;
  return {
    skills: 50,
    healthy: 50 - failing - degraded,
    degraded,
    failing,
    quarantined: 0,
    other: 0,
    openIncidents: failing,
  };
}
