import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const controllers = '/sys/fs/cgroup';

/** Takes a host the room for another process, and gives it back. Forking fails with EAGAIN meanwhile. */
interface ProcessRoom {
  /** False where the system lets nobody limit anything. */
  readonly canBeTaken: boolean;
  take(): void;
  giveBack(): void;
}

/**
 * By a control group where one can be made, which root can; others are limited by the number of their processes, a
 * limit that does not hold for root.
 */
export function processRoomOf(pid: number): ProcessRoom {
  if (process.getuid?.() !== 0) return byNumber(pid);
  return byGroup(pid) ?? { canBeTaken: false, take: () => undefined, giveBack: () => undefined };
}

function byNumber(pid: number): ProcessRoom {
  const limit = (count: string) => spawnSync('prlimit', ['--pid', `${pid}`, `--nproc=${count}:`]).status;
  return { canBeTaken: true, take: () => void limit('1'), giveBack: () => void limit('unlimited') };
}

function byGroup(pid: number): ProcessRoom | null {
  const parent = existsSync(join(controllers, 'pids')) ? join(controllers, 'pids') : controllers;
  const group = join(parent, `sw-room-${pid}`);
  // Version 1 names the group after its controller's number, version 2 has one line.
  const [, home = '/'] = /^\d+:(?:pids)?:(.*)$/m.exec(readFileSync(`/proc/${pid}/cgroup`, 'utf8')) ?? [];
  try {
    if (parent === controllers) writeFileSync(join(parent, 'cgroup.subtree_control'), '+pids');
    mkdirSync(group);
    writeFileSync(join(group, 'pids.max'), 'max');
  } catch {
    return null;
  }
  const leave = () => {
    try {
      for (const member of readFileSync(join(group, 'cgroup.procs'), 'utf8').split('\n').filter(Boolean))
        writeFileSync(join(parent, home, 'cgroup.procs'), member);
      rmdirSync(group);
    } catch {
      // A process ended, or another one came, between two lines: again.
    }
  };
  return {
    canBeTaken: true,
    take: () => {
      writeFileSync(join(group, 'cgroup.procs'), `${pid}`);
      writeFileSync(join(group, 'pids.max'), readFileSync(join(group, 'pids.current')));
    },
    giveBack: () => {
      writeFileSync(join(group, 'pids.max'), 'max');
      // Whoever starts a process meanwhile starts it in the group.
      for (let tries = 0; existsSync(group) && tries < 1000; tries += 1) leave();
    },
  };
}
