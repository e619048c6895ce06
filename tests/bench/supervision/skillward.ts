import { spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startHost } from '../../support/host-process.ts';
import { type Contestant, childNames } from './contestant.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const childScript = fileURLToPath(new URL('child.py', import.meta.url));

/** The headless host with its usual settings, but for one: see `patience`. */
export const skillward: Contestant = {
  name: 'Skillward',
  async open(folder, count, port) {
    const skillsDir = join(folder, 'skills');
    const dataDir = join(folder, 'data');
    mkdirSync(skillsDir);
    const host = await startHost({ skillsDir, dataDir });
    await host.client.call('config.patch', { health: patience });
    // What is measured is the host alone, without anybody who looks.
    host.client.close();
    for (const name of childNames(count)) writeSkill(join(skillsDir, name), name, port);
    return {
      pid: host.pid,
      startAll: () =>
        void spawn(process.execPath, ['out/main/cli.js', '--data-dir', dataDir, 'call', 'skills.reload'], {
          cwd: root,
          stdio: ['ignore', 'ignore', 'inherit'],
        }),
      close: async () => void (await host.stop()),
    };
  },
};

/**
 * Both peers call a child stable after one second and then restart it without delay; so does Skillward here, where
 * the same children are killed several times. With its usual sixty seconds the second kill would measure its patience.
 */
const patience = { stableAfterSecs: 1 };

function writeSkill(folder: string, name: string, port: number): void {
  mkdirSync(folder);
  copyFileSync(childScript, join(folder, 'skill.py'));
  writeFileSync(
    join(folder, 'manifest.toml'),
    `id = "${name}"\nname = "${name}"\nversion = "1.0.0"\n[settings]\nport = "${port}"\n`,
  );
}
