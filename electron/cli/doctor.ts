import { execFile } from 'node:child_process';
import { access, constants, statfs } from 'node:fs/promises';
import { promisify } from 'node:util';
import { examineDataFolder } from '../hosts/common/examine-data-folder.ts';
import { HostClient, NoHostError } from './client.ts';
import { print } from './with-host.ts';

type Finding = Awaited<ReturnType<typeof examineDataFolder>>[number];

const run = promisify(execFile);
const PROBE_TIMEOUT_MS = 5000;
const LOW_SPACE_BYTES = 200 * 1024 * 1024;
const marks = { ok: 'ok      ', warning: 'warning ', error: 'ERROR   ', repaired: 'repaired' } as const;

/**
 * Looks at what a host needs and says what it finds; with `repair` mends what can be mended without losing anything,
 * otherwise changes nothing. Exit code 1 when something is an error.
 */
export async function doctor(dataDir: string, options: { json: boolean; repair: boolean }): Promise<void> {
  const findings = [
    await node(),
    await python(),
    await uv(),
    ...(await folder(dataDir)),
    ...(await examineDataFolder(dataDir, options.repair)),
    ...(await host(dataDir)),
  ];
  if (options.json) print(JSON.stringify({ dataDir, findings }));
  else for (const { what, level, message } of findings) print(`${marks[level]} ${what}: ${message}`);
  if (findings.some(({ level }) => level === 'error')) process.exitCode = 1;
}

async function node(): Promise<Finding> {
  return { what: 'Node.js', level: 'ok', message: process.versions.node };
}

async function python(): Promise<Finding> {
  const name = process.platform === 'win32' ? 'python' : 'python3';
  const version = await versionOf(name);
  return version === null
    ? {
        what: 'Python',
        level: 'error',
        message: `no ${name} on the search path: skills cannot start. Install Python 3.`,
      }
    : { what: 'Python', level: 'ok', message: version };
}

async function uv(): Promise<Finding> {
  const version = await versionOf('uv');
  return version === null
    ? {
        what: 'uv',
        level: 'ok',
        message: 'not installed; only skills that declare dependencies would use it',
      }
    : { what: 'uv', level: 'ok', message: version };
}

async function versionOf(command: string): Promise<string | null> {
  try {
    const { stdout, stderr } = await run(command, ['--version'], { timeout: PROBE_TIMEOUT_MS });
    return (stdout || stderr).trim();
  } catch {
    return null;
  }
}

async function folder(dataDir: string): Promise<Finding[]> {
  const what = 'data folder';
  try {
    await access(dataDir, constants.W_OK);
    const { bavail, bsize } = await statfs(dataDir);
    const free = bavail * bsize;
    const findings: Finding[] = [{ what, level: 'ok', message: dataDir }];
    if (free < LOW_SPACE_BYTES) {
      findings.push({
        what: 'disk',
        level: 'warning',
        message: `only ${Math.round(free / 1_048_576)} MB free: history may stop being kept`,
      });
    }
    return findings;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    return code === 'ENOENT'
      ? [{ what, level: 'ok', message: `${dataDir} does not exist yet; the first start makes it` }]
      : [{ what, level: 'error', message: `${dataDir} cannot be written (${code ?? 'unknown'})` }];
  }
}

async function host(dataDir: string): Promise<Finding[]> {
  try {
    const client = await HostClient.connect(dataDir);
    try {
      const status = await client.call('runtime.status', {});
      const { total, running, quarantined, broken } = status.skills;
      return [
        {
          what: 'host',
          level: 'ok',
          message: `${status.hostKind}, pid ${status.pid}: ${running} of ${total} skills running, ${quarantined} in quarantine, ${broken} broken`,
        },
        ...status.notices.map(
          ({ level, message }): Finding => ({
            what: 'notice',
            level: level === 'info' ? 'ok' : level,
            message,
          }),
        ),
      ];
    } finally {
      client.close();
    }
  } catch (error) {
    if (error instanceof NoHostError)
      return [{ what: 'host', level: 'ok', message: 'none is running for this data folder' }];
    throw error;
  }
}
