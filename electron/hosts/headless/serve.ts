import { randomBytes } from 'node:crypto';
import { Warden, type WardenOptions } from '../../runtime/warden.ts';
import { claimDataFolder } from '../common/claim-data-folder.ts';
import { openControlSocket } from '../common/control-socket.ts';
import { errorFields, type HostLog } from '../common/host-log.ts';
import { openDashboardServer } from './http-server.ts';
import { openDashboardSocket } from './web-socket.ts';

/** Tried first when no port is asked for, so that a bookmark keeps working; a taken one is no reason not to start. */
const USUAL_PORT = 7420;
/** All skills are gone within 6 s of a stop (DESIGN.md section 5); what is left is for the books. */
const STOP_BUDGET_MS = 5500;

export interface ServeOptions {
  readonly dataDir: string;
  readonly folders: readonly string[];
  /** Used when neither this run nor the settings name a skills folder: the examples, on a first start. */
  readonly fallbackFolders: readonly string[];
  /** Undefined: the usual port, or a free one when that is taken. 0: a free one. */
  readonly port: number | undefined;
  readonly dashboardRoot: string;
  /** Opened after the data folder is ours, so that two hosts never write one file. */
  openSettings(dataDir: string): WardenOptions['settings'];
  readonly version: string;
  readonly log: HostLog;
}

export interface RunningHost {
  /** The dashboard's address with its token; for people and the ready line, never for a log. */
  readonly url: string;
  readonly socketPath: string;
  readonly warden: Warden;
  /** Ends every skill and closes the doors; resolves with the ids of what could not be ended. */
  stop(): Promise<readonly string[]>;
}

/** Runs the host without a window. Throws `HostHeldError` and `NoSocketPlaceError`. */
export async function serve(options: ServeOptions): Promise<RunningHost> {
  const { dataDir, log } = options;
  const lock = await claimDataFolder(dataDir, 'headless', (message, error) =>
    log('warning', message, errorFields(error)),
  );
  try {
    const settings = options.openSettings(dataDir);
    const configured = [...options.folders, ...settings.get().skills.folders];
    const warden = new Warden({
      dataDir,
      hostKind: 'headless',
      version: options.version,
      settings,
      folders: configured.length === 0 ? options.fallbackFolders : options.folders,
      report: (message, error) => log(error === null ? 'info' : 'error', message, errorFields(error)),
    });
    process.on('exit', () => warden.killAllNow());
    const control = await openControlSocket(dataDir, warden);
    const token = randomBytes(32).toString('base64url');
    const dashboard = await openOnUsualPort(options);
    const webSocket = openDashboardSocket(dashboard.server, dashboard.port, token, warden);
    await warden.start();
    return {
      url: `http://127.0.0.1:${dashboard.port}/#token=${token}`,
      socketPath: control.path,
      warden,
      async stop() {
        const { unkillable } = await warden.stop(STOP_BUDGET_MS);
        webSocket.close();
        await Promise.all([dashboard.close(), control.close()]);
        lock.release();
        return unkillable;
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function openOnUsualPort({ dashboardRoot, port }: ServeOptions) {
  if (port !== undefined) return openDashboardServer(dashboardRoot, port);
  try {
    return await openDashboardServer(dashboardRoot, USUAL_PORT);
  } catch {
    return openDashboardServer(dashboardRoot, 0);
  }
}
