import { _electron } from 'playwright';
import type { LaunchedApp } from '../support/electron-double/launch.ts';

/** Starts the built app on the real Electron, behind the same face as the double. */
export async function launchOnElectron(options: {
  readonly root: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
}): Promise<LaunchedApp> {
  const executablePath = process.env.ELECTRON_EXEC_PATH;
  const env = Object.fromEntries(
    Object.entries(options.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  // Without a path of its own Playwright finds the package's binary and holds `ready` until it listens.
  const app = await _electron.launch({
    args: [options.root, ...options.args],
    cwd: options.root,
    env,
    ...(executablePath === undefined ? {} : { executablePath }),
  });
  const child = app.process();
  let log = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    log += text;
  });
  const exited = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  return {
    pid: child.pid ?? 0,
    evaluate: (run, arg) => app.evaluate(run as never, arg as never) as never,
    pages: () => Promise.resolve(app.windows()),
    exited,
    log: () => log,
    kill: () => void child.kill('SIGKILL'),
  };
}
