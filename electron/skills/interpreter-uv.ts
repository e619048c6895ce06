import { statOf } from './catalog-files.ts';
import type { Choice, ChoiceWorld, RunnableSkill } from './interpreter-world.ts';
import { satisfiesVersion } from './python-version.ts';

/** Linking an environment together from uv's cache takes seconds with large packages on a slow disk. */
const prepareTimeoutMs = 60_000;

/**
 * Starts a script with `uv run`, which gives it the packages its metadata declares. No dependency is installed behind
 * anybody's back (DESIGN.md section 5): uv may use what its cache holds and download neither packages nor a Python.
 * Whether that suffices is asked before the start, so that a missing package is a sentence and not a crash loop.
 */
export async function uvRun(
  { skill, manifest }: RunnableSkill,
  uv: string,
  entryFile: string,
  world: ChoiceWorld,
): Promise<Choice> {
  const where = { cwd: skill.folder, env: world.env };
  if (manifest.minUvVersion !== null) {
    const answer = await world.probe.version(uv, [], where);
    if (answer.kind === 'version' && satisfiesVersion(answer.version, manifest.minUvVersion) === false) {
      const message = `needs uv ${manifest.minUvVersion} (\`min_uv_version\`), but ${uv} is ${answer.version.join('.')}`;
      return { ok: false, message: `${message}: update it with uv self update` };
    }
  }
  const offline = [
    '--offline',
    '--no-python-downloads',
    ...(await frozen(entryFile)),
    ...wantedPython(manifest.minPython),
  ];
  const prepared = await world.probe.run(uv, ['sync', ...offline, '--script', entryFile], {
    ...where,
    timeoutMs: prepareTimeoutMs,
  });
  if (prepared.code !== 0 && !prepared.timedOut && !isUnknownOption(prepared.stderr)) {
    const packages = skill.needs?.dependencies.join(', ') ?? '';
    const message = `its dependencies (${packages}) are not ready and nothing is installed unasked`;
    const said = prepared.stderr.trim().replaceAll(/\s+/g, ' ').slice(0, 500);
    return {
      ok: false,
      message: `${message}: create its environment, or run once  uv sync --script "${entryFile}"  (uv says: ${said})`,
      remedy: 'create-environment',
    };
  }
  return { ok: true, command: uv, args: ['run', ...offline, entryFile], label: 'uv run' };
}

/** Without it uv would rewrite a lock file that lies beside the script. */
async function frozen(entryFile: string): Promise<readonly string[]> {
  const lock = await statOf(`${entryFile}.lock`);
  return lock === null || lock instanceof Error ? [] : ['--frozen'];
}

function wantedPython(minPython: string | null): readonly string[] {
  if (minPython === null) return [];
  return ['--python', /^\d/.test(minPython) ? `>=${minPython}` : minPython];
}

/** An older uv has no `sync --script`; then `uv run` itself has to find out. */
function isUnknownOption(stderr: string): boolean {
  return stderr.includes("unexpected argument '--script'");
}
