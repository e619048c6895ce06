import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { app, dialog, safeStorage } from 'electron';
import packageJson from '../package.json' with { type: 'json' };
import { claimDataFolder } from './hosts/common/claim-data-folder.ts';
import { openControlSocket } from './hosts/common/control-socket.ts';
import { defaultDataDir } from './hosts/common/data-dir.ts';
import { errorFields, stderrLog } from './hosts/common/host-log.ts';
import { desktopAdviceKeys } from './hosts/desktop/advice-keys.ts';
import { browserFolder } from './hosts/desktop/browser-folder.ts';
import { LINK_SCHEME } from './hosts/desktop/deep-link.ts';
import { openDesktop } from './hosts/desktop/desktop-host.ts';
import { electronStore } from './hosts/desktop/electron-settings.ts';
import { keychainSealer } from './hosts/desktop/keychain-sealer.ts';
import { type LaunchArguments, readLaunchArguments } from './hosts/desktop/launch-arguments.ts';
import { PausableClock } from './hosts/desktop/pausable-clock.ts';
import { openResources } from './hosts/desktop/resources.ts';
import { hasTrayHost } from './hosts/desktop/tray-host.ts';
import { HostHeldError } from './runtime/host-lock.ts';
import { realClock } from './runtime/real-clock.ts';
import { Warden } from './runtime/warden.ts';
import { registerAppScheme } from './security/app-scheme.ts';
import { fileSettings } from './storage/settings-file.ts';

// Before ready, and in this order: every renderer sandboxed (checklist item 4), our scheme known (item 18), and
// everything Chromium keeps in a folder of its own inside the data folder, which also makes the instance lock one per
// data folder.
app.enableSandbox();
registerAppScheme();
const dataDir = defaultDataDir();
app.setPath('userData', browserFolder(dataDir));
app.setAppUserModelId('dev.skillward.app');

const log = stderrLog();
const report = (message: string, error: unknown) =>
  log(error === null ? 'info' : 'error', message, errorFields(error));
const appRoot = fileURLToPath(new URL('../../', import.meta.url));

if (app.requestSingleInstanceLock()) {
  const launch = readLaunchArguments(process.argv);
  // Not awaited at the top level: Electron says ready only after this module has been read to its end.
  void app.whenReady().then(() => run(launch).catch(giveUp));
} else {
  // The first instance brings its window to the front; this one has nothing left to do.
  app.quit();
}

async function run(launch: LaunchArguments): Promise<void> {
  if (app.isPackaged) app.setAsDefaultProtocolClient(LINK_SCHEME);
  const lock = await claimDataFolder(dataDir, 'desktop', report);
  const settings = fileSettings(join(dataDir, 'config.json'), () => electronStore(dataDir));
  const resources = openResources(appRoot);
  const clock = new PausableClock(realClock);
  const credentialSealer = await keychainSealer(safeStorage, process.platform);
  const warden = new Warden({
    dataDir,
    hostKind: 'desktop',
    version: packageJson.version,
    settings,
    folders: settings.get().skills.folders.length === 0 ? [resources.exampleSkills] : [],
    clock,
    adviceKeys: desktopAdviceKeys(dataDir, safeStorage, process.platform),
    ...(credentialSealer === null ? {} : { credentialSealer }),
    report,
  });
  const control = await openControlSocket(dataDir, warden);
  await openDesktop({
    warden,
    clock,
    config: settings.get(),
    dataDir,
    preload: join(appRoot, 'out', 'preload', 'preload.cjs'),
    dashboardRoot: join(appRoot, 'out', 'renderer'),
    resources,
    hasTray: await hasTrayHost(),
    launch,
    release() {
      void control.close();
      lock.release();
    },
    report,
  });
}

function giveUp(error: unknown): void {
  if (error instanceof HostHeldError) {
    process.stderr.write(`${error.message}\n`);
    dialog.showErrorBox('Skillward is running already', error.message);
  } else {
    report('the desktop host could not start', error);
    dialog.showErrorBox('Skillward could not start', error instanceof Error ? error.message : String(error));
  }
  app.exit(1);
}
