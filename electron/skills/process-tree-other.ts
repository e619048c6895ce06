import type { ProcessTree } from './process-tree.ts';
import { sendSignal } from './send-signal.ts';
import { runTool } from './spawn.ts';

const toolTimeoutMs = 5000;
const nobody: ReadonlyMap<string, readonly number[]> = new Map();

/** macOS (and the BSDs): what `ps` tells. Programs protected by the system hide their environment even from it. */
export const macProcessTree: ProcessTree = {
  identity: async (pid) => (await ps(['-o', 'lstart=', '-p', `${pid}`])).trim() || null,
  isAlive: async (pid) => isLivingState(await ps(['-o', 'stat=', '-p', `${pid}`])),
  isGroupAlive: async (leaderPid) =>
    (await ps(['-axo', 'pgid=,stat='])).split('\n').some((line) => {
      const [group, state] = line.trim().split(/\s+/);
      return Number(group) === leaderPid && isLivingState(state ?? '');
    }),
  carriers: async () => {
    const found = new Map<string, number[]>();
    for (const line of (await ps(['-axEww', '-o', 'pid=,stat=,command='])).split('\n')) {
      const match = /^\s*(\d+)\s+(\S+)\s.*\sSKILLWARD_RUN_ID=(\S+)/.exec(line);
      if (match === null || !isLivingState(match[2] ?? '') || Number(match[1]) === process.pid) continue;
      const runId = match[3] ?? '';
      found.set(runId, [...(found.get(runId) ?? []), Number(match[1])]);
    }
    return found;
  },
  carriersNow: () => nobody,
  leaderStarted: () => {},
  leaderReaped: () => {},
  signalGroup: (leaderPid, signal) => sendSignal(-leaderPid, signal),
  signal: sendSignal,
  residentBytes: async (pids) => {
    const kilobytes = (await ps(['-o', 'rss=', '-p', pids.join(',')])).split('\n').map(Number);
    return pids.length === 0 ? null : kilobytes.reduce((sum, value) => sum + value, 0) * 1024;
  },
};

/**
 * Windows has neither groups nor readable environments: the tree is ended through its living parent by `taskkill`, and
 * what a parent leaves behind when it dies first cannot be found again. The host's own death ends its children.
 */
export const windowsProcessTree: ProcessTree = {
  identity: async () => null,
  isAlive: async (pid) => exists(pid),
  isGroupAlive: async () => false,
  carriers: async () => nobody,
  carriersNow: () => nobody,
  leaderStarted: () => {},
  leaderReaped: () => {},
  signalGroup: (leaderPid, signal, leaderReaped) => {
    if (leaderReaped) return 'gone';
    // There is no polite signal; SIGCONT has no meaning either.
    if (signal !== 'SIGCONT') {
      void runTool('taskkill', ['/pid', `${leaderPid}`, '/T', '/F'], { timeoutMs: toolTimeoutMs });
    }
    return 'sent';
  },
  signal: sendSignal,
  residentBytes: async () => null,
};

function exists(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function ps(args: readonly string[]): Promise<string> {
  return (await runTool('ps', args, { timeoutMs: toolTimeoutMs })).stdout;
}

function isLivingState(state: string): boolean {
  return state.trim() !== '' && !state.trim().startsWith('Z');
}
