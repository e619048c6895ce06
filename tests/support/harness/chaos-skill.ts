import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { python } from './python.ts';

const fixtures = fileURLToPath(new URL('../skills/', import.meta.url));

type Values = Readonly<Record<string, number | boolean>>;

/** A skill of a scenario: a fixture with its arguments, or a command of its own, or a script in its own folder. */
export interface ChaosSkill {
  /** Of `tests/support/skills`, without `.py`. */
  readonly fixture?: string;
  readonly args?: readonly string[];
  readonly command?: readonly string[];
  /** Python to stand as `skill.py` in the skill's folder. It can import what the fixtures share. */
  readonly source?: string;
  /** Members of `[health]` and `[restart]` that differ from the quick ones below. */
  readonly health?: Values;
  readonly restart?: Values;
}

const quickHealth: Values = { check_interval_secs: 1, health_timeout_secs: 5, stable_after_secs: 1 };
const quickRestart: Values = { first_delay_secs: 0.1, max_delay_secs: 1, stop_grace_ms: 500 };

/** Writes the skill's folder. `livenessPort` is where its processes connect back to. */
export function writeChaosSkill(folder: string, id: string, skill: ChaosSkill, livenessPort: number): void {
  const home = join(folder, id);
  mkdirSync(home, { recursive: true });
  if (skill.source !== undefined) writeFileSync(join(home, 'skill.py'), skill.source);
  const script = skill.fixture === undefined ? join(home, 'skill.py') : join(fixtures, `${skill.fixture}.py`);
  // `env` becomes the interpreter: same process, and the product needs no special variable for its tests.
  const launch = [
    ...[
      '/usr/bin/env',
      `LIVENESS_PORT=${livenessPort}`,
      `PYTHONPATH=${fixtures}`,
      'PYTHONDONTWRITEBYTECODE=1',
    ],
    ...[python, script, ...(skill.args ?? [])],
  ];
  writeFileSync(
    join(home, 'manifest.toml'),
    [
      `id = "${id}"`,
      `name = "${id}"`,
      'version = "1.0.0"',
      `command = ${JSON.stringify(skill.command ?? launch)}`,
      ...table('health', { ...quickHealth, ...skill.health }),
      ...table('restart', { ...quickRestart, ...skill.restart }),
      '',
    ].join('\n'),
  );
}

function table(name: string, values: Values): string[] {
  return [`[${name}]`, ...Object.entries(values).map(([key, value]) => `${key} = ${value}`)];
}
