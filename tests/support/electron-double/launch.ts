import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type * as Electron from 'electron';
import { type Browser, chromium, type Page } from 'playwright';
import { toChromium } from './addresses.ts';

const entry = fileURLToPath(new URL('entry.ts', import.meta.url));

export type ElectronModule = typeof Electron;

/** An app under test, the double or the real one. */
export interface LaunchedApp {
  readonly pid: number;
  /** Runs in the main process. The function is sent as text: it sees its arguments and globals only. */
  evaluate<Result, Arg = undefined>(
    run: (electron: ElectronModule, arg: Arg) => Result | Promise<Result>,
    arg?: Arg,
  ): Promise<Result>;
  /** The pages there are now, crashed ones left out. */
  pages(): Promise<readonly Page[]>;
  /** Resolves with the exit code. */
  readonly exited: Promise<number | null>;
  /** What it said on standard error so far. */
  log(): string;
  kill(): void;
}

type Told =
  | { readonly kind: 'browser'; readonly endpoint: string }
  | { readonly kind: 'result'; readonly id: number; readonly ok: boolean; readonly value: unknown };

/** Starts a built main process on the double. */
export function launchOnDouble(options: {
  readonly main: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}): LaunchedApp {
  const child = spawn(process.execPath, [entry, options.main, ...options.args], {
    cwd: options.cwd,
    env: options.env,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let log = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      log += text;
    });
  }
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  const endpoint = Promise.withResolvers<string>();
  endpoint.promise.catch(() => undefined);
  child.on('message', (message) => {
    const told = message as Told;
    if (told.kind === 'browser') endpoint.resolve(told.endpoint);
    else {
      const answer = waiting.get(told.id);
      waiting.delete(told.id);
      if (told.ok) answer?.resolve(told.value);
      else answer?.reject(new Error(String(told.value)));
    }
  });
  const exited = exitOf(child);
  void exited.then((code) => {
    const gone = new Error(`the app ended with ${code}: ${log}`);
    endpoint.reject(gone);
    for (const answer of waiting.values()) answer.reject(gone);
  });
  let browser: Promise<Browser> | null = null;
  let lastId = 0;
  return {
    pid: child.pid ?? 0,
    async evaluate(run, arg) {
      lastId += 1;
      const answer = Promise.withResolvers<unknown>();
      waiting.set(lastId, answer);
      if (!child.connected) throw new Error(`the app is gone: ${log}`);
      child.send({ id: lastId, source: String(run), arg });
      return (await answer.promise) as never;
    },
    async pages() {
      browser ??= endpoint.promise.then((address) => chromium.connectOverCDP(address));
      const contexts = (await browser).contexts();
      return contexts.flatMap((context) => context.pages());
    },
    exited,
    log: () => log,
    kill: () => void child.kill('SIGKILL'),
  };
}

/** Where a page of the app's own scheme really is: the double's Chromium knows no such scheme. */
export function doubledAddress(address: string, scheme: string): string {
  return toChromium(address, new Set([scheme]));
}

function exitOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.once('exit', (code) => resolve(code)));
}
