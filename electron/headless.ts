import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import packageJson from '../package.json' with { type: 'json' };
import { NoSocketPlaceError } from './hosts/common/control-socket.ts';
import { errorFields, stderrLog } from './hosts/common/host-log.ts';
import { serve } from './hosts/headless/serve.ts';
import { HostHeldError } from './runtime/host-lock.ts';
import { confSettings } from './storage/settings-conf.ts';

export interface HeadlessOptions {
  readonly dataDir: string;
  readonly folders: readonly string[];
  readonly fallbackFolders?: readonly string[];
  readonly port?: number | undefined;
  /** One JSON line on standard output when ready, structured lines on standard error; otherwise sentences for people. */
  readonly json: boolean;
  /** Opens the dashboard in the person's browser when there is a display. */
  readonly openBrowser?: boolean;
}

export { defaultDataDir } from './hosts/common/data-dir.ts';

/** The built dashboard stands beside the built host: `out/main` and `out/renderer`. */
const dashboardRoot = fileURLToPath(new URL('../renderer', import.meta.url));

/** Runs the headless host until SIGTERM or SIGINT, then ends every skill and the process with code 0. */
export async function runHeadless(options: HeadlessOptions): Promise<void> {
  const log = stderrLog();
  try {
    const host = await serve({
      dataDir: options.dataDir,
      folders: options.folders,
      fallbackFolders: options.fallbackFolders ?? [],
      port: options.port,
      dashboardRoot,
      openSettings: confSettings,
      version: packageJson.version,
      log,
    });
    stopOnSignals(async () => {
      const unkillable = await host.stop();
      for (const skillId of unkillable) log('error', 'skill.unkillable', { skillId });
    }, log);
    announce(host.url, host.socketPath, options);
  } catch (error) {
    const held = error instanceof HostHeldError;
    if (!held && !(error instanceof NoSocketPlaceError)) throw error;
    if (options.json) log('error', held ? 'host.held' : 'host.no-socket', { message: error.message });
    else process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}

function announce(url: string, socket: string, { json, openBrowser }: HeadlessOptions): void {
  if (json) {
    process.stdout.write(`${JSON.stringify({ event: 'host.ready', url, socket, pid: process.pid })}\n`);
    return;
  }
  process.stdout.write(`Skillward is running. Dashboard: ${url}\nPress Ctrl+C to stop it and every skill.\n`);
  if (openBrowser === true) openInBrowser(url);
}

/** Repeats within this time are one signal, ms: libraries with exit hooks (atomic writes) raise it again themselves. */
const SAME_SIGNAL_MS = 1000;

/** The first signal stops in order; a later one, from somebody out of patience, at once. */
function stopOnSignals(stop: () => Promise<void>, log: ReturnType<typeof stderrLog>): void {
  let stoppingSinceMs: number | null = null;
  const onSignal = (signal: NodeJS.Signals) => {
    if (stoppingSinceMs !== null) {
      if (performance.now() - stoppingSinceMs > SAME_SIGNAL_MS) process.exit(1);
      return;
    }
    stoppingSinceMs = performance.now();
    log('info', 'host.stopping', { signal });
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log('error', 'host.stop-failed', errorFields(error));
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
  if (process.platform !== 'win32') process.on('SIGHUP', onSignal);
}

function openInBrowser(url: string): void {
  const [command, args] =
    process.platform === 'darwin'
      ? ['open', [url]]
      : process.platform === 'win32'
        ? ['cmd', ['/c', 'start', '', url]]
        : ['xdg-open', [url]];
  const opener = spawn(command as string, args as string[], { stdio: 'ignore', detached: true });
  // No browser to open is no trouble: the address has been printed.
  opener.on('error', () => undefined);
  opener.unref();
}
