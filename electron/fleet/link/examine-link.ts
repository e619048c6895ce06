import type { JetStreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { askerHeaders, MAX_BATCH_BYTES } from '../../../shared/contract/fleet-wire.ts';
import { CONTRACT_VERSION, responseEnvelopeSchema } from '../../../shared/contract/index.ts';
import type { AppConfig } from '../../../shared/model/config.ts';
import type { FleetFinding, FleetLink } from '../../../shared/model/fleet.ts';
import { EVENT_STREAM, FLEET_PREFIX, subjectOf } from '../../core/fleet/subjects.ts';
import { loadNats, nats } from '../nats.ts';
import { unpackJson } from '../packing.ts';
import type { FleetSession } from '../types.ts';
import { connectPlan } from './connect-options.ts';
import { readCreds } from './creds.ts';

const ASK_TIMEOUT_MS = 3000;
const MAX_ANSWER_BYTES = 65_536;
const DAY_MS = 86_400_000;
/** A credential that ends within this is said to, days. */
const SOON_DAYS = 14;

export interface LinkFacts {
  readonly config: AppConfig['fleet'];
  readonly secret: string | null;
  readonly nowMs: number;
  readonly hostId: string;
  readonly link: FleetLink;
  readonly session: FleetSession | null;
}

/** Looks at every part of the link, from the settings to a question this host asks itself through the broker. */
export async function examineLink(facts: LinkFacts): Promise<FleetFinding[]> {
  const { config, hostId, link, session } = facts;
  if (!config.enabled)
    return [warning('This host is in no fleet.', 'Join one: skillward fleet join <server>.')];
  await loadNats();
  const findings = [...settingsFindings(facts)];
  if (session === null) {
    const { problem, state } = link;
    return [
      ...findings,
      error(`The link is ${state}${problem === null ? '' : `: ${problem}`}`, subjectsWords(hostId)),
    ];
  }
  const { connection } = session;
  findings.push(ok(`Connected to ${link.server}${await rttWords(connection)}.`));
  if (link.problem !== null) findings.push(warning(link.problem, subjectsWords(hostId)));
  findings.push(
    payloadFinding(connection),
    await streamFinding(connection, session),
    await selfFinding(connection, hostId),
  );
  if (link.dropped > 0) {
    findings.push(
      warning(
        `${link.dropped} events were given up because the broker was away, full or slow.`,
        'Nothing to do: dashboards that miss some take a new snapshot.',
      ),
    );
  }
  return findings;
}

function settingsFindings({ config, hostId, nowMs, secret }: LinkFacts): FleetFinding[] {
  const plan = connectPlan(config, secret, hostId);
  if (!plan.ok) return [error(plan.problem, 'Then look again: skillward fleet doctor.')];
  const role = config.role === 'operator' ? 'look and carry out orders' : 'look, and change nothing';
  const findings = [ok(`Others of the fleet may ${role} here.`)];
  const creds = config.auth === 'creds' && secret !== null ? readCreds(secret) : null;
  if (creds?.ok === true && creds.expiresAt !== null) {
    const days = Math.floor((creds.expiresAt - nowMs) / DAY_MS);
    const renew = 'Get a new creds file and join again.';
    if (days < 0) findings.push(error('The credential of this host has expired.', renew));
    else if (days < SOON_DAYS)
      findings.push(warning(`The credential of this host expires in ${days} days.`, renew));
  }
  return findings;
}

async function rttWords(connection: NatsConnection): Promise<string> {
  try {
    return `, nats-server ${connection.info?.version ?? '?'}, ${Math.round(await connection.rtt())} ms there and back`;
  } catch {
    return '';
  }
}

function payloadFinding(connection: NatsConnection): FleetFinding {
  const most = connection.info?.max_payload ?? 0;
  if (most >= 2 * MAX_BATCH_BYTES) return ok(`The broker takes messages of ${most} bytes.`);
  return warning(
    `The broker takes messages of ${most} bytes only: snapshots of hosts with many skills may be too long for it.`,
    'Set max_payload in its configuration to 1 MB or more.',
  );
}

async function streamFinding(connection: NatsConnection, session: FleetSession): Promise<FleetFinding> {
  if (!session.keepsEvents) {
    return warning(
      'The broker keeps no events: a dashboard that comes later, or misses some, takes a whole snapshot.',
      'Turn JetStream on in its configuration, for the account of this fleet.',
    );
  }
  try {
    const manager: JetStreamManager = await nats().jetstream.jetstreamManager(connection, {
      checkAPI: false,
      timeout: ASK_TIMEOUT_MS,
    });
    const { config, state } = await manager.streams.info(EVENT_STREAM);
    return ok(
      `The stream ${EVENT_STREAM} holds ${state.messages} messages, ${state.bytes} of ${config.max_bytes} bytes.`,
    );
  } catch {
    return warning(
      `This host may not look at the stream ${EVENT_STREAM}, only publish to it.`,
      'Nothing to do if that is meant so.',
    );
  }
}

/** The whole way round: out to the broker, back to this host as a question, and the answer. */
async function selfFinding(connection: NatsConnection, hostId: string): Promise<FleetFinding> {
  const from = nats().core.headers();
  from.set(askerHeaders.hostId, hostId);
  from.set(askerHeaders.name, 'skillward doctor');
  const request = { v: CONTRACT_VERSION, requestId: 'doctor', command: 'host.ping', payload: {} };
  try {
    const message = await connection.request(subjectOf(hostId, 'view'), JSON.stringify(request), {
      timeout: ASK_TIMEOUT_MS,
      headers: from,
    });
    const answer = responseEnvelopeSchema.parse(await unpackJson(message.data, MAX_ANSWER_BYTES));
    if (answer.ok) return ok('A question to this host, sent through the broker, is answered.');
    return error(
      `A question to this host is refused: ${answer.error?.message ?? 'without a reason'}`,
      subjectsWords(hostId),
    );
  } catch (failure) {
    const why = failure instanceof Error ? failure.message : String(failure);
    return error(
      `A question to this host, sent through the broker, is not answered (${why}).`,
      subjectsWords(hostId),
    );
  }
}

function subjectsWords(hostId: string): string {
  return `This host subscribes to ${FLEET_PREFIX}.${hostId}.> and $SRV.> and publishes ${FLEET_PREFIX}.${hostId}.>, $JS.API.> and _INBOX.${hostId}.>: its account at the broker has to allow that.`;
}

function ok(what: string): FleetFinding {
  return { level: 'ok', what, todo: null };
}

function warning(what: string, todo: string): FleetFinding {
  return { level: 'warning', what, todo };
}

function error(what: string, todo: string): FleetFinding {
  return { level: 'error', what, todo };
}
