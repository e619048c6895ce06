import path from 'node:path';
import type { HostEnvironment } from '../../shared/model/runtime.ts';
import type { Catalog } from '../skills/catalog.ts';
import { findMachinePython } from '../skills/interpreter-machine.ts';
import { InterpreterProbe, programFinder } from '../skills/interpreter-probe.ts';
import type { ChoiceWorld } from '../skills/interpreter-world.ts';
import { inheritedEnvironment } from '../skills/launch-env.ts';

export interface HostEnvironmentPorts {
  readonly catalog: Pick<Catalog, 'list' | 'folderProblems'>;
  readonly dataDir: string;
  readonly hostEnv: Readonly<Record<string, string | undefined>>;
  /** The skills folders in use. */
  folders(): readonly string[];
}

type Program = HostEnvironment['python'];

/** What this machine offers to skills: asked of the programs themselves, in the environment skills get. */
export class HostEnvironmentDesk {
  readonly #ports: HostEnvironmentPorts;
  readonly #world: ChoiceWorld;

  constructor(ports: HostEnvironmentPorts) {
    const { platform } = process;
    this.#ports = ports;
    this.#world = {
      which: programFinder(ports.hostEnv, platform),
      probe: new InterpreterProbe(),
      platform,
      env: inheritedEnvironment(ports.hostEnv, platform),
    };
  }

  /** Starts `python --version` and `uv --version`, each at most 5 s and again only when its file has changed. */
  async read(): Promise<HostEnvironment> {
    const { dataDir } = this.#ports;
    const [python, uv] = await Promise.all([findMachinePython(dataDir, this.#world), this.#uv()]);
    return {
      python: python.ok ? { path: python.command, version: inWords(python.version) } : null,
      uv,
      pythonProblem: python.ok
        ? null
        : `${python.message.replace(/^n/, 'N')}. Install Python 3 and look again; skills that name an interpreter of their own can run without it.`,
      skillsFolders: this.#folders(),
      installFolder: path.join(dataDir, 'packages'),
    };
  }

  async #uv(): Promise<Program> {
    const command = await this.#world.which('uv');
    if (command === null) return null;
    const where = { cwd: this.#ports.dataDir, env: this.#world.env };
    const answer = await this.#world.probe.version(command, [], where);
    if (answer.kind === 'unusable') return null;
    return { path: command, version: inWords(answer.kind === 'version' ? answer.version : null) };
  }

  #folders(): HostEnvironment['skillsFolders'] {
    const { catalog, folders } = this.#ports;
    const problems = new Map(catalog.folderProblems().map(({ folder, message }) => [folder, message]));
    const skills = catalog.list();
    return folders().map((given) => {
      const folder = path.resolve(given);
      const inside = skills.filter(({ manifestFile }) => manifestFile.startsWith(folder + path.sep));
      return { path: given, skills: inside.length, problem: problems.get(folder) ?? null };
    });
  }
}

/** `3.11.7`; a program that did not answer in time is there all the same. */
function inWords(version: readonly number[] | null): string {
  return version === null ? 'version not known' : version.join('.');
}
