import { fileURLToPath } from 'node:url';
import { Supervisor } from '../../../electron/skills/supervisor.ts';
import { python } from './python.ts';
import { defaultHealth, defaultRestart } from './settings.ts';
import { systemClock } from './system-clock.ts';

/** A host of its own process, to be killed: starts one skill that neither reads nor writes and sends its run record. */
const supervisor: Supervisor = new Supervisor({
  clock: systemClock,
  random: Math.random,
  hostVersion: '0',
  instanceId: process.env.INSTANCE_ID ?? '',
  registry: { put: (record) => void process.send?.(record), remove: () => {}, all: () => [] },
  plan: async (skillId) => ({
    ok: true,
    plan: {
      skillId,
      protocol: 'skill',
      command: python,
      args: [fileURLToPath(new URL('../skills/deaf.py', import.meta.url))],
      cwd: '/',
      env: { LIVENESS_PORT: process.env.LIVENESS_PORT ?? '', PYTHONDONTWRITEBYTECODE: '1' },
      interpreter: 'python3',
      expectedName: skillId,
    },
  }),
  settings: () => ({ restart: defaultRestart, health: defaultHealth }),
  onProcess: () => {},
  onDown: () => {},
  onLog: () => {},
});
await supervisor.start('deaf');
