import { atMostMore, atMostTimes, type Figure, info, type Part, skipped } from '../lib/figures.ts';
import { median } from '../lib/statistics.ts';
import { Announcements } from './announcements.ts';
import type { Contestant } from './contestant.ts';
import { installPm2 } from './pm2.ts';
import { playSession, type SessionResult } from './session.ts';
import { skillward } from './skillward.ts';
import { findSupervisord } from './supervisord.ts';

const KILLS = 20;
const IDLE_MS = 20_000;

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
  const announcements = await Announcements.open();
  const results = new Map<string, Summary>();
  try {
    for (const count of options.counts) {
      const sessions = await playRounds([skillward, ...peers], count, announcements, options);
      for (const [name, played] of sessions) results.set(`${name} ${count}`, summarize(played));
    }
  } finally {
    announcements.close();
  }
  const names = peers.map(({ name }) => name);
  return {
    title: 'Supervision',
    about: [
      'The same Python child under every supervisor; it says when it is up, by the clock of the kernel. Skillward’s also',
      'answers a handshake first. Each supervisor runs already when one command of its own orders it to start all children.',
      `Then 20 s idle, ${KILLS} children killed one by one (median), all killed at once. The supervisors take turns,`,
      `${options.rounds} sessions each (one with more than ${MANY} children). All have their usual settings, but for Skillward’s patience: a child is called stable after`,
      'one second, as by the peers, so that a second kill measures the restart and not the backoff. pm2 runs on the same Node.',
    ].join('\n'),
    figures: [
      ...options.counts.flatMap((count) => figuresOf(count, results, names)),
      ...growth(options.counts, results, names),
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
  announcements: Announcements,
  { rounds: wantedRounds, say }: SupervisionOptions,
): Promise<Map<string, SessionResult[]>> {
  const sessions = new Map<string, SessionResult[]>();
  // A session of so many takes minutes, and its noise is small beside its length: one has to do.
  const rounds = count > MANY ? 1 : wantedRounds;
  for (let round = 0; round < rounds; round += 1) {
    // There and back again: nobody is always the one who comes first.
    const order = round % 2 === 0 ? contestants : [...contestants].reverse();
    for (const contestant of order) {
      const kills = Math.min(count, Math.ceil(KILLS / rounds));
      const idleMs = round === 0 ? IDLE_MS : 0;
      const result = await playSession(contestant, announcements, { count, kills, idleMs });
      sessions.set(contestant.name, [...(sessions.get(contestant.name) ?? []), result]);
      say(
        `${contestant.name}, ${count}: start ${result.startAllMs.toFixed(0)} ms (${result.startCpuMs} ms CPU), respawn ` +
          `${median(result.respawnMs).toFixed(0)} ms, storm ${result.stormMs.toFixed(0)} ms, ${result.residentMiB.toFixed(0)} MiB` +
          `${result.idleCpuPercent === null ? '' : `, idle ${result.idleCpuPercent.toFixed(2)} %`}`,
      );
    }
  }
  return sessions;
}

function summarize(played: readonly SessionResult[]): Summary {
  return {
    startAllMs: median(played.map(({ startAllMs }) => startAllMs)),
    respawnMs: median(played.flatMap(({ respawnMs }) => respawnMs)),
    stormMs: median(played.map(({ stormMs }) => stormMs)),
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
  return peers.map((name) => {
    const basics = { name: `own memory per child, ${least} to ${most}, beside ${name}`, value, unit: 'KiB' };
    const peer = { name, value: kibPerChild(name) };
    return name === 'pm2' ? atMostTimes(basics, peer, 1) : info(basics, peer);
  });
}
