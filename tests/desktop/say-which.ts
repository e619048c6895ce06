import { findTestBrowser } from '../../scripts/lib/browser.mjs';
import { buildIfStale } from '../../scripts/lib/build.mjs';
import { desktopRuntime, ensureBuilt } from './runtime.ts';

/** Runs once before all specs: nobody should take the double's word for Electron's. */
export default async function sayWhich(): Promise<void> {
  buildIfStale();
  ensureBuilt();
  const runtime = desktopRuntime();
  const words =
    runtime.kind === 'electron' ? `Electron at ${runtime.binary}` : `the Electron double: ${runtime.because}`;
  // The double draws its windows in this one; what is set here reaches every worker and every app.
  if (runtime.kind === 'double') process.env.SKILLWARD_BROWSER = await findTestBrowser();
  process.stdout.write(`desktop specs run on ${words}\n`);
}
