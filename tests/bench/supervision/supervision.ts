import { atMostMore, atMostTimes, type Figure, info, type Part, skipped } from '../lib/figures.ts';
import { sleep } from '../lib/process-figures.ts';
import { median } from '../lib/statistics.ts';
import { bareLoop } from './bare-loop.ts';
import type { Contestant } from './contestant.ts';
import { installPm2 } from './pm2.ts';
import { Session, type SessionResult } from './session.ts';
import { skillward } from './skillward.ts';
import { findSupervisord } from './supervisord.ts';

const KILLS = 20;
const IDLE_MS = 20_000;
/** Before it: what a supervisor tidies up after its start is done. V8 collects twice, 10 and 20 s after the last work. */
const CALM_MS = 22_000;

export interface SupervisionOptions {
  readonly counts: readonly number[];
  /** Sessions of every supervisor at every count; idle CPU is looked at in the first. */
  readonly rounds: number;
  readonly say: (line: string) => void;
}

/** What a supervisor came to over all its sessions with this many children. */
interface Summary {
  readonly startAllMs: number;
  readonly respawnMs: number;
  readonly stormMs: number;
  readonly residentMiB: number;
  readonly idleCpuPercent: number;
}

/** Skillward beside pm2 and supervisord over the same Python children, in turns. */
export async function measureSupervision(options: SupervisionOptions): Promise<Part> {
  const problems: Figure[] = [];
  const peers = [findPeer('pm2', installPm2), findPeer('supervisord', findSupervisord)].flatMap((found) => {
    if ('name' in found) return [found];
    problems.push(skipped(found.missing, found.why));
    return [];
  });
  const results = new Map<string, Summary>();
  for (const count of options.counts) {
    const sessions = await playRounds([...peers, skillward], count, options);
    for (const [name, played] of sessions) results.set(`${name} ${count}`, summarize(played));
  }
  const floors = await measureFloors(results, options);
  const names = peers.map(({ name }) => name);
  return {
    title: 'Supervision',
    about: [
      'The same Python child under every supervisor; it says when it is up, by the clock of the kernel. Skillward’s also',
      'answers a handshake first. Each supervisor runs already when one command of its own orders it to start all children.',
      `Then ${KILLS} children are killed one by one (median; ${peers.find(({ mostKills }) => mostKills)?.mostKills ?? KILLS} of supervisord’s), then all at once. Each supervisor does this alone`,
      `on the machine, and they take turns, ${options.rounds} times (once with more than ${MANY} children). At last they stand side by side`,
      `and are idle together: ${CALM_MS / 1000} s of calm, then ${IDLE_MS / 1000} s that are looked at. All have their usual`,
      'settings, but for Skillward’s patience: a child is called stable after one second, as by the peers, so that a second',
      'kill measures the restart and not the backoff. pm2 runs on the same Node.',
      'The bare loop is a script that starts the same skills, eight at a time, and shakes hands: nothing else.',
    ].join('\n'),
    figures: [
      ...options.counts.flatMap((count) => figuresOf(count, results, names)),
      ...growth(options.counts, results, names),
      ...floors,
      ...problems,
    ],
  };
}

function findPeer(name: string, find: () => Contestant): Contestant | { missing: string; why: string } {
  try {
    return find();
  } catch (error) {
    return {
      missing: name,
      why: `${name} could not be had here: ${(error as Error).message.split('\n')[0]}`,
    };
  }
}

/** More children than this are measured once. */
const MANY = 50;

async function playRounds(
  contestants: readonly Contestant[],
  count: number,
  { rounds: wantedRounds, say }: SupervisionOptions,
): Promise<Map<string, SessionResult[]>> {
  const results = new Map<string, SessionResult[]>();
  // A session of so many takes minutes, and its noise is small beside its length: one has to do.
  const rounds = count > MANY ? 1 : wantedRounds;
  const invited = contestants.filter(({ mostChildren = count }) => mostChildren >= count);
  for (let round = 0; round < rounds; round += 1) {
    // There and back again: nobody is always the one who comes first.
    const order = round % 2 === 0 ? invited : [...invited].reverse();
    for (const session of await playRound(order, count, Math.ceil(KILLS / rounds), round === 0)) {
      const { name } = session.contestant;
      results.set(name, [...(results.get(name) ?? []), session.result]);
      say(session.inWords());
    }
  }
  return results;
}

/** All of them with so many children each, from the order to start to the last kill. */
async function playRound(
  order: readonly Contestant[],
  count: number,
  kills: number,
  idle: boolean,
): Promise<readonly Session[]> {
  const sessions: Session[] = [];
  for (const contestant of order) sessions.push(await playAlone(contestant, count, kills));
  if (idle) await idleTogether(sessions, count);
  return sessions;
}

/**
 * With nobody else’s children on the machine. Where they stood side by side, who started last took up to half as long again as
 * alone, whoever it was: what was compared was the place in the queue.
 */
async function playAlone(contestant: Contestant, count: number, kills: number): Promise<Session> {
  const session = await Session.open(contestant, count);
  try {
    await session.startAll();
    await session.kill(Math.min(count, kills, contestant.mostKills ?? kills));
  } finally {
    await session.close();
  }
  return session;
}

/** Idleness can be looked at side by side: those who do nothing are in nobody's way, and one calm does for all. */
async function idleTogether(played: readonly Session[], count: number): Promise<void> {
  const standing: Session[] = [];
  try {
    for (const { contestant } of played) {
      const session = await Session.open(contestant, count);
      standing.push(session);
      await session.startAll();
    }
    await sleep(CALM_MS);
    await Promise.all(standing.map((session) => session.idle(IDLE_MS)));
  } finally {
    for (const session of standing) await session.close();
  }
  for (const [index, session] of played.entries()) session.takeIdleness(standing[index]);
}

/** Starting that many skills with nothing around it. More than this tells nothing more. */
const MOST_FLOOR = 100;

async function measureFloors(
  results: ReadonlyMap<string, Summary>,
  { counts, say }: SupervisionOptions,
): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const count of counts.filter((wanted) => wanted <= MOST_FLOOR)) {
    const session = await Session.open(bareLoop, count);
    try {
      await session.startAll();
    } finally {
      await session.close();
    }
    say(session.inWords());
    const value = results.get(`Skillward ${count}`)?.startAllMs ?? Number.NaN;
    const peer = { name: bareLoop.name, value: session.result.startAllMs };
    figures.push(
      info({ name: `start all, ${count} children, beside ${bareLoop.name}`, value, unit: 'ms' }, peer),
    );
  }
  return figures;
}

function summarize(played: readonly SessionResult[]): Summary {
  return {
    startAllMs: median(played.map(({ startAllMs }) => startAllMs)),
    respawnMs: median(played.flatMap(({ respawnMs }) => respawnMs)),
    stormMs: median(played.flatMap(({ stormMs }) => stormMs ?? [])),
    residentMiB: median(played.map(({ residentMiB }) => residentMiB)),
    idleCpuPercent: median(played.flatMap(({ idleCpuPercent }) => idleCpuPercent ?? [])),
  };
}

function figuresOf(count: number, results: ReadonlyMap<string, Summary>, peers: readonly string[]): Figure[] {
  const ours = results.get(`Skillward ${count}`);
  if (ours === undefined) return [];
  return peers.flatMap((name) => {
    const theirs = results.get(`${name} ${count}`);
    if (theirs === undefined) return [];
    // The targets are about pm2; the other is shown beside it.
    const judged = name === 'pm2';
    const times = (what: string, key: 'startAllMs' | 'respawnMs' | 'stormMs') => {
      const basics = { name: `${what}, ${count} children, beside ${name}`, value: ours[key], unit: 'ms' };
      const peer = { name, value: theirs[key] };
      return judged ? atMostTimes(basics, peer, 1) : info(basics, peer);
    };
    const memory = {
      name: `own memory, ${count} children, beside ${name}`,
      value: ours.residentMiB,
      unit: 'MiB',
    };
    const idle = {
      name: `idle CPU, ${count} children, beside ${name}`,
      value: ours.idleCpuPercent,
      unit: '%',
    };
    const memoryPeer = { name, value: theirs.residentMiB };
    const idlePeer = { name, value: theirs.idleCpuPercent };
    return [
      times('start all', 'startAllMs'),
      times('kill to respawn, median', 'respawnMs'),
      times('all killed to all back', 'stormMs'),
      judged && count === 100 ? atMostTimes(memory, memoryPeer, 1.2) : info(memory, memoryPeer),
      judged ? atMostMore(idle, idlePeer, 0.2) : info(idle, idlePeer),
    ];
  });
}

/** Memory for one more child, between the smallest and the largest number of them. */
function growth(
  counts: readonly number[],
  results: ReadonlyMap<string, Summary>,
  peers: readonly string[],
): Figure[] {
  const least = Math.min(...counts);
  const most = Math.max(...counts);
  if (least === most) return [];
  const kibPerChild = (name: string): number => {
    const small = results.get(`${name} ${least}`)?.residentMiB ?? Number.NaN;
    const large = results.get(`${name} ${most}`)?.residentMiB ?? Number.NaN;
    return ((large - small) / (most - least)) * 1024;
  };
  const value = kibPerChild('Skillward');
  // Not every peer is played with all the children.
  const played = peers.filter((name) => results.has(`${name} ${most}`));
  return played.map((name) => {
    const basics = { name: `own memory per child, ${least} to ${most}, beside ${name}`, value, unit: 'KiB' };
    const peer = { name, value: kibPerChild(name) };
    return name === 'pm2' ? atMostTimes(basics, peer, 1) : info(basics, peer);
  });
}
