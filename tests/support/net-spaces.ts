import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';

/** Where `ip netns` keeps its names. */
const NAMES = '/run/netns';
const PREFIX = 'swtest';
/** Within nets of their own, so they meet nobody else's. */
const NEAR_ADDRESS = '10.77.0.1';
const FAR_ADDRESS = '10.77.0.2';

/** Two nets of this machine, apart from its own and joined by one wire that can be cut. */
export interface TwoNets {
  /** How `far` reaches what listens in `near`. */
  readonly nearAddress: string;
  /** What a command begins with to be run there. */
  readonly near: readonly string[];
  readonly far: readonly string[];
  /** From now on packets vanish, without a word to whoever sent them. */
  cut(): void;
  mend(): void;
  remove(): void;
}

/** Why there can be no nets here, or null: they need root, iproute2 and a kernel that lets us. */
export function whyNoNets(): string | null {
  try {
    makeNets().remove();
    return null;
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: Buffer };
    return (stderr?.toString().trim() || message).split('\n', 1)[0] ?? message;
  }
}

export function makeNets(): TwoNets {
  sweep();
  const own = `${PREFIX}-${process.pid}-${randomBytes(3).toString('hex')}`;
  const [near, far] = [`${own}-near`, `${own}-far`];
  const remove = () => {
    for (const name of [near, far]) if (names().includes(name)) ip('netns', 'del', name);
  };
  try {
    for (const name of [near, far]) {
      ip('netns', 'add', name);
      ip('-n', name, 'link', 'set', 'lo', 'up');
    }
    // Both ends are made inside: nothing of them is ever seen in the net of the machine.
    ip('-n', near, 'link', 'add', 'wire', 'type', 'veth', 'peer', 'name', 'wire', 'netns', far);
    for (const [name, address] of [
      [near, NEAR_ADDRESS],
      [far, FAR_ADDRESS],
    ] as const) {
      ip('-n', name, 'addr', 'add', `${address}/24`, 'dev', 'wire');
      ip('-n', name, 'link', 'set', 'wire', 'up');
    }
    ip('netns', 'exec', near, 'true');
  } catch (error) {
    remove();
    throw error;
  }
  return {
    nearAddress: NEAR_ADDRESS,
    near: ['ip', 'netns', 'exec', near],
    far: ['ip', 'netns', 'exec', far],
    cut: () => ip('-n', near, 'link', 'set', 'wire', 'down'),
    mend: () => ip('-n', near, 'link', 'set', 'wire', 'up'),
    remove,
  };
}

/** Takes away what a run left that was killed before it could. */
function sweep(): void {
  for (const name of names()) {
    const pid = new RegExp(`^${PREFIX}-(\\d+)-`).exec(name)?.[1];
    if (pid !== undefined && !isThere(Number(pid))) ip('netns', 'del', name);
  }
}

function names(): string[] {
  try {
    return readdirSync(NAMES);
  } catch {
    // Made with the first of them.
    return [];
  }
}

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function ip(...args: readonly string[]): void {
  execFileSync('ip', args, { stdio: ['ignore', 'ignore', 'pipe'] });
}
