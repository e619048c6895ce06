import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { removeDir, startHost, type TestHost, tempDir } from '../../support/host-process.ts';
import type { SocketClient } from '../../support/socket-client.ts';
import { sleep } from './process-figures.ts';

const polite = fileURLToPath(new URL('polite.py', import.meta.url));
const answering = fileURLToPath(new URL('answering.sh', import.meta.url));
const START_TIMEOUT_MS = 240_000;

/** `shell`: children of a fraction of Python's size, for numbers of them that are not about Python any more. */
export type Language = 'python' | 'shell';

export function writeBenchSkills(folder: string, count: number, language: Language): void {
  for (let index = 0; index < count; index += 1) {
    const id = `bench-${index}`;
    const place = join(folder, id);
    mkdirSync(place, { recursive: true });
    const file = language === 'python' ? 'skill.py' : 'skill.sh';
    copyFileSync(language === 'python' ? polite : answering, join(place, file));
    const command = language === 'python' ? '' : 'command = ["sh", "skill.sh"]\n';
    writeFileSync(
      join(place, 'manifest.toml'),
      `id = "${id}"\nname = "${id}"\nversion = "1.0.0"\nentry_file = "${file}"\n${command}`,
    );
  }
}

export interface BenchHost {
  readonly host: TestHost;
  /** A connection that asks and is told of no events: the host has nobody who looks. */
  readonly client: SocketClient;
  close(): Promise<void>;
}

/** The headless host with `count` running, asked skills. */
export async function openBenchHost(
  count: number,
  language: Language,
  options: { readonly config?: object; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<BenchHost> {
  const skillsDir = tempDir();
  const host = await startHost({ skillsDir, env: options.env ?? {} });
  host.client.close();
  const client = await host.connect();
  // Hundreds of Pythons starting at once on a busy machine are slow, and that is not what is measured here.
  await client.call('config.patch', { restart: { handshakeTimeoutSecs: 60 } });
  if (options.config !== undefined) await client.call('config.patch', options.config);
  writeBenchSkills(skillsDir, count, language);
  await client.call('skills.reload');
  const deadlineMs = performance.now() + START_TIMEOUT_MS;
  for (;;) {
    const { skills } = await client.call('runtime.status');
    if (skills.healthy === count) break;
    if (performance.now() > deadlineMs) throw new Error(`only ${skills.healthy} of ${count} skills got well`);
    await sleep(200);
  }
  return {
    host,
    client,
    async close() {
      client.close();
      await host.stop();
      removeDir(skillsDir);
      removeDir(host.dataDir);
    },
  };
}
