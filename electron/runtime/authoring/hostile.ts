import type { SkillProtocol } from '../../../shared/model/skill.ts';
import { asObject, ownMember } from '../../skills/json-line.ts';
import { methodNotFound } from '../../skills/protocols/session.ts';
import type { LaunchPlan } from '../../skills/types.ts';
import { RawTalk } from './raw-talk.ts';
import type { ValidationStep } from './validation.ts';

/** How long an answer may take here, ms. */
const ANSWER_MS = 4000;
const HUGE_CHARS = 300_000;

interface HostileMessage {
  readonly what: string;
  /** `health` is how this skill is asked how it is. */
  line(health: string): string;
  /** What to do where it does harm. */
  readonly wayOut: string;
}

const passOver = 'pass over lines you cannot read, and go on reading';
const messages: readonly HostileMessage[] = [
  { what: 'text that is not JSON', line: () => 'this is not JSON', wayOut: passOver },
  { what: 'an empty line', line: () => '', wayOut: passOver },
  { what: 'a batch', line: () => '[{"jsonrpc":"2.0","method":"x","id":900001}]', wayOut: passOver },
  {
    what: '`params` that are null',
    line: (health) => `{"jsonrpc":"2.0","method":"${health}","params":null,"id":900002}`,
    wayOut: 'take `params` as `request.get("params") or {}`',
  },
  {
    what: 'an answer to nothing it asked',
    line: () => '{"jsonrpc":"2.0","id":900003,"result":{}}',
    wayOut: 'pass over what has no `method`',
  },
  {
    what: 'a request without an id',
    line: () => '{"jsonrpc":"2.0","method":"no.such.notice"}',
    wayOut: 'pass over what has no `id`',
  },
  {
    what: 'a very long line',
    line: () =>
      `{"jsonrpc":"2.0","method":"no.such.method","params":{"x":"${'x'.repeat(HUGE_CHARS)}"},"id":900004}`,
    wayOut: 'read whole lines, however long they are',
  },
];

/**
 * Speaks to a skill as a broken client would. Skillward itself never does, so what does harm is a warning: a skill that
 * survives all of it survives its next client too.
 */
export async function hostileSteps(
  plan: LaunchPlan,
  protocol: SkillProtocol,
  nextRunId: () => string,
): Promise<readonly ValidationStep[]> {
  const steps: ValidationStep[] = [];
  let talk: Talk | null = null;
  try {
    for (const message of messages) {
      talk ??= await open(plan, protocol, nextRunId());
      if (talk === null) return steps;
      const harm = await harmOf(talk, message);
      if (harm === null) continue;
      steps.push({
        what: 'hostile messages',
        level: 'warning',
        message: `${message.what} ${harm}: ${message.wayOut}`,
      });
      await talk.raw.close();
      talk = null;
    }
    talk ??= await open(plan, protocol, nextRunId());
    if (talk === null) return steps;
    steps.push(...(await unknownMethod(talk.raw)), ...(await endOfInput(talk.raw)));
  } finally {
    await talk?.raw.close();
  }
  const harmless = messages.length - steps.filter(({ what }) => what === 'hostile messages').length;
  const ok = `${harmless} of ${messages.length} kinds of message no client should send do no harm`;
  return [{ what: 'hostile messages', level: 'ok', message: ok }, ...steps];
}

interface Talk {
  readonly raw: RawTalk;
  readonly health: string;
  readonly params: unknown;
}

async function harmOf({ raw, health, params }: Talk, message: HostileMessage): Promise<string | null> {
  raw.send(message.line(health));
  if ((await raw.ask(health, params, ANSWER_MS)) !== null) return null;
  return raw.alive ? 'keeps it from answering' : `ends it (${await raw.lastWords()})`;
}

async function unknownMethod(raw: RawTalk): Promise<readonly ValidationStep[]> {
  const answer = await raw.ask('no.such.method', undefined, ANSWER_MS);
  const error = answer === null ? null : asObject(ownMember(answer, 'error'));
  if (error !== null && ownMember(error, 'code') === methodNotFound)
    return [{ what: 'unknown method', level: 'ok', message: `answered with ${methodNotFound}` }];
  const got = answer === null ? 'was not answered' : 'was answered, but not with an error of that code';
  return [
    {
      what: 'unknown method',
      level: 'warning',
      message: `a method it does not have ${got}: answer it with the error code ${methodNotFound}`,
    },
  ];
}

async function endOfInput(raw: RawTalk): Promise<readonly ValidationStep[]> {
  const exit = await raw.endOfInput(ANSWER_MS);
  if (exit?.exitCode === 0)
    return [{ what: 'end of input', level: 'ok', message: 'ends it with exit code 0' }];
  const message =
    exit === null
      ? 'it goes on when its standard input ends: end then, with exit code 0'
      : `it ends with ${await raw.lastWords()} when its standard input ends: end with exit code 0`;
  return [{ what: 'end of input', level: 'warning', message }];
}

/** A process that has answered its handshake; null when it does not, which an ordinary start has told by then. */
async function open(plan: LaunchPlan, protocol: SkillProtocol, runId: string): Promise<Talk | null> {
  const raw = await RawTalk.open(plan, runId);
  if (raw === null) return null;
  const talk = protocol === 'mcp' ? await greetServer(raw) : await greetSkill(raw, plan);
  if (talk === null) await raw.close();
  return talk;
}

async function greetSkill(
  raw: RawTalk,
  { expectedName, credentials, settings }: LaunchPlan,
): Promise<Talk | null> {
  const params = { expected_name: expectedName, fae_version: '0', credentials, settings };
  for (const prefix of ['skill.', '']) {
    const answer = await raw.ask(`${prefix}handshake`, params, 2 * ANSWER_MS);
    if (answer !== null && Object.hasOwn(answer, 'result'))
      return { raw, health: `${prefix}health`, params: undefined };
  }
  return null;
}

async function greetServer(raw: RawTalk): Promise<Talk | null> {
  const clientInfo = { name: 'skillward', version: '0' };
  const params = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo };
  const answer = await raw.ask('initialize', params, 2 * ANSWER_MS);
  if (answer !== null && Object.hasOwn(answer, 'result')) {
    raw.send('{"jsonrpc":"2.0","method":"notifications/initialized"}');
    return { raw, health: 'ping', params: undefined };
  }
  const _meta = {
    'io.modelcontextprotocol/protocolVersion': '2026-07-28',
    'io.modelcontextprotocol/clientCapabilities': {},
  };
  const found = await raw.ask('server/discover', { _meta }, 2 * ANSWER_MS);
  return found === null ? null : { raw, health: 'server/discover', params: { _meta } };
}
