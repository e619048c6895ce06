import { sweepEnvironments } from '../../skills/environments/environment-folder.ts';
import { InterpreterProbe, programFinder } from '../../skills/interpreter-probe.ts';
import type { ChoiceWorld } from '../../skills/interpreter-world.ts';
import { inheritedEnvironment } from '../../skills/launch-env.ts';
import { spawnChild } from '../../skills/spawn.ts';
import { systemProcessTree } from '../../skills/system-process-tree.ts';
import { EnvironmentJobs, type EnvironmentJobsPorts } from '../environment-jobs.ts';
import { FileWatch } from '../file-watch.ts';
import { PackageDesk, type PackageDeskPorts } from './package-desk.ts';
import { recoverPackages } from './package-recovery.ts';
import { type PackageRemovalPorts, removePackage } from './package-removal.ts';
import { StagingArea } from './staging-area.ts';

type Given = 'world' | 'spawn' | 'tree';
export type PackageRoomsPorts = Omit<PackageDeskPorts, Given> &
  Omit<EnvironmentJobsPorts, Given> &
  Omit<PackageRemovalPorts, 'removeEnvironments'> & {
    /** The skills folders in use. */
    skillsFolders(): readonly string[];
    storageMode(): 'disk' | 'memory' | 'read-only';
    say(message: string): void;
  };

/** Everything about how skills come, change and go, bound together: what the Warden and the commands see of it. */
export class PackageRooms {
  readonly desk: PackageDesk;
  readonly environments: EnvironmentJobs;
  readonly staging: StagingArea;
  readonly #files: FileWatch;
  readonly #ports: PackageRoomsPorts;

  constructor(ports: PackageRoomsPorts) {
    const { catalog, catalogDesk, clock, dataDir, hostEnv, report, skillsFolders } = ports;
    const { platform } = process;
    const world: ChoiceWorld = {
      which: programFinder(hostEnv, platform),
      probe: new InterpreterProbe(),
      env: inheritedEnvironment(hostEnv, platform),
      platform,
    };
    this.#ports = ports;
    this.desk = new PackageDesk({ ...ports, world });
    this.environments = new EnvironmentJobs({
      ...ports,
      world,
      spawn: spawnChild,
      tree: systemProcessTree(),
    });
    this.staging = new StagingArea(dataDir, clock);
    this.#files = new FileWatch({
      ...{ clock, catalog, report, folders: skillsFolders },
      look: () => catalogDesk.follow(),
    });
  }

  /** Brings right what a killed host left. Call before the catalog is read. */
  async recover(): Promise<void> {
    const { clock, dataDir, report, say } = this.#ports;
    try {
      await sweepEnvironments(dataDir);
      this.staging.start();
      const adopted = await recoverPackages({ ...this.#ports, nowMs: () => clock.nowMs() });
      if (adopted.length > 0)
        say(
          `Files of installed skills were found that the database does not know: ${adopted.join(', ')}. Activate them to put them in service.`,
        );
    } catch (error) {
      // A disk that takes nothing must not keep the skills from starting.
      report('looking after installed skills', error);
    }
  }

  /** Call once the catalog has been read. */
  start(): void {
    this.#files.start();
    void this.desk.resume();
  }

  /** Call before the skills are stopped. */
  async stop(): Promise<void> {
    this.desk.close();
    this.#files.stop();
    await this.environments.stop();
  }

  /** The skills were read anew: there may be other folders to watch. */
  foldersRead(): void {
    this.#files.refresh();
  }

  remove(skillId: string, forget: boolean): Promise<void> {
    return this.desk.alone(skillId, () =>
      removePackage(skillId, forget, {
        ...this.#ports,
        removeEnvironments: (id) => this.environments.remove(id),
      }),
    );
  }
}
