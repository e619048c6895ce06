// Runs the built main process in Node: `node entry.ts <main.js> <arguments of the app>`.
import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';

const double = new URL('electron.ts', import.meta.url).href;
registerHooks({
  resolve(specifier, context, next) {
    // The double's own imports of electron are types only; nothing else may slip past it.
    if (specifier === 'electron') return { url: double, format: 'module-typescript', shortCircuit: true };
    if (specifier.startsWith('electron/')) throw new Error(`The Electron double has no ${specifier}.`);
    return next(specifier, context);
  },
});

const [program = '', , main = '', ...args] = process.argv;
process.argv = [program, process.cwd(), ...args];
Object.assign(process.versions, { electron: '45.4.1', chrome: '0' });
Object.defineProperty(process, 'type', { value: 'browser' });

const electron = (await import(double)) as typeof import('./electron.ts');
process.on('message', (message: { id: number; source: string; arg: unknown }) => void evaluate(message));
// The test's wish to talk must not keep an app alive that has ended.
process.channel?.unref();

await import(pathToFileURL(main).href);
electron.entryLoaded();

/** The test's function, run here with the electron module, as Playwright does with the real one. */
async function evaluate({ id, source, arg }: { id: number; source: string; arg: unknown }): Promise<void> {
  try {
    const run = new Function(`return (${source})`)() as (module: unknown, given: unknown) => unknown;
    process.send?.({ kind: 'result', id, ok: true, value: await run(electron.default, arg) });
  } catch (error) {
    process.send?.({
      kind: 'result',
      id,
      ok: false,
      value: error instanceof Error ? error.stack : String(error),
    });
  }
}
