import type {
  CommandAnswer,
  CommandName,
  CommandPayload,
  ResponseEnvelope,
} from '../../shared/contract/index.ts';
import { commands, errorResponse } from '../../shared/contract/index.ts';
import { callHome } from '../bridge/call.ts';

/** What one host is asked. */
export interface HostTarget<Name extends CommandName> {
  readonly hostId: string;
  readonly payload: CommandPayload<Name>;
}
/** What one host answered: `problem` is its refusal, or why nothing was heard. */
export type HostAnswer<Name extends CommandName> =
  | { readonly hostId: string; readonly answer: CommandAnswer<Name>; readonly problem: null }
  | { readonly hostId: string; readonly answer: null; readonly problem: string };

/** Less than the page waits for its own host, ms. */
const ANSWER_MS = 20_000;
/** Hosts asked in one round: how far an order has come is told between rounds. */
const PER_ROUND = 25;

/**
 * Asks many hosts at once, this one among them as well. Answers in the order of `targets`, and never throws: a host that
 * refuses or is not heard has its sentence in its own answer. `onRound` is told what has been answered so far.
 */
export async function askHosts<Name extends CommandName>(
  command: Name,
  targets: readonly HostTarget<Name>[],
  onRound: (answered: readonly HostAnswer<Name>[]) => void = () => undefined,
): Promise<readonly HostAnswer<Name>[]> {
  const answers: HostAnswer<Name>[] = [];
  for (let from = 0; from < targets.length; from += PER_ROUND) {
    const round = targets.slice(from, from + PER_ROUND);
    const envelopes = await askRound(command, round);
    for (const [index, { hostId }] of round.entries()) answers.push(read(command, hostId, envelopes[index]));
    onRound([...answers]);
  }
  return answers;
}

async function askRound<Name extends CommandName>(
  command: Name,
  targets: readonly HostTarget<Name>[],
): Promise<readonly ResponseEnvelope[]> {
  try {
    const { results } = await callHome('fleet.call_many', {
      command,
      targets: targets.map(({ hostId, payload }) => ({ hostId, payload })),
      timeoutMs: ANSWER_MS,
    });
    return results.map(({ answer }) => answer);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return targets.map(() => errorResponse(null, { code: 'unavailable', message }));
  }
}

/** The answer as the contract knows it: another host may be of another version, or not a friend. */
function read<Name extends CommandName>(
  command: Name,
  hostId: string,
  envelope: ResponseEnvelope | undefined,
): HostAnswer<Name> {
  if (envelope === undefined || envelope.error !== null || !envelope.ok) {
    return { hostId, answer: null, problem: envelope?.error?.message ?? 'The host gave no answer.' };
  }
  const parsed = commands[command].answer.safeParse(envelope.payload);
  if (!parsed.success) {
    return { hostId, answer: null, problem: 'It answered in a way this version cannot read.' };
  }
  return { hostId, answer: parsed.data as CommandAnswer<Name>, problem: null };
}
