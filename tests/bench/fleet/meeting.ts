import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { TestBroker } from '../../support/nats-server.ts';
import type { BenchHost } from '../lib/bench-host.ts';

const crowdScript = fileURLToPath(new URL('crowd.ts', import.meta.url));
/** The crowd: simulated hosts, the skills of each, and what all of them publish together. */
export const HOSTS = 100;
export const SKILLS = 50;
export const EVENTS_PER_SEC = 1000;

/** Brings a host to the broker under this name; gives its id. */
export async function joinFleet({ client }: BenchHost, { url }: TestBroker, name: string): Promise<string> {
  const { link } = await client.call('fleet.join', { servers: [url], auth: { kind: 'none' }, name });
  if (link.state !== 'connected') throw new Error(`${name} did not get in: ${link.problem}`);
  return (await client.call('fleet.status')).hostId;
}

/** Starts the crowd in a process of its own; it publishes when this resolves. */
export async function startCrowd(url: string): Promise<ChildProcess> {
  const args = [crowdScript, url, HOSTS, SKILLS, EVENTS_PER_SEC].map(String);
  const crowd = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  await once(crowd.stdout, 'data');
  return crowd;
}

export async function endCrowd(crowd: ChildProcess): Promise<void> {
  const gone = once(crowd, 'exit');
  crowd.stdin?.end();
  await gone;
}
