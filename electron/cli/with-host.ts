import { CommandError } from '../../shared/contract/index.ts';
import { HostClient, NoHostError } from './client.ts';

/** Exit codes people's scripts may rely on. */
export const exitCodes = { refused: 1, noHost: 3 } as const;

/** Runs one piece of work against the host of a data folder; prints what went wrong as one sentence and sets the exit code. */
export async function withHost(dataDir: string, work: (host: HostClient) => Promise<void>): Promise<void> {
  let host: HostClient | null = null;
  try {
    host = await HostClient.connect(dataDir);
    await work(host);
  } catch (error) {
    if (error instanceof NoHostError) fail(error.message, exitCodes.noHost);
    else if (error instanceof CommandError) fail(`${error.message} [${error.code}]`, exitCodes.refused);
    else throw error;
  } finally {
    host?.close();
  }
}

export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function fail(message: string, exitCode: number): void {
  process.stderr.write(`${message}\n`);
  process.exitCode = exitCode;
}
