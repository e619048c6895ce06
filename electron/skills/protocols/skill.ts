import type { HealthAnswer } from '../../core/health/answer.ts';
import { noDialectWords, wrongNameWords } from '../../core/supervision/diagnosis.ts';
import { asObject, ownMember, plainText } from '../json-line.ts';
import type { RpcReply } from '../rpc-client.ts';
import type { RpcCall } from '../rpc-wire.ts';
import {
  failedHandshake,
  type HandshakeResult,
  invokeResult,
  methodNotFound,
  type Session,
  type SessionContext,
  troubledHealth,
} from './session.ts';

/** How a dialect names its methods and says that it is well. */
interface Dialect {
  readonly prefix: '' | 'skill.';
  readonly nameMember: 'name' | 'skill_name';
  readonly healthyWords: readonly string[];
}

const prefixed: Dialect = { prefix: 'skill.', nameMember: 'name', healthyWords: ['ok'] };
const unprefixed: Dialect = { prefix: '', nameMember: 'skill_name', healthyWords: ['healthy', 'ok'] };

/**
 * The `skill` protocol: `skill.handshake`, `skill.health`, `skill.invoke`, `skill.shutdown`, and the unprefixed
 * dialect of generated skills where the first is unknown (DESIGN.md section 5).
 */
export class SkillSession implements Session {
  readonly protocol = 'skill';
  readonly #context: SessionContext;
  #dialect = prefixed;

  constructor(context: SessionContext) {
    this.#context = context;
  }

  async handshake(timeoutMs: number): Promise<HandshakeResult> {
    const { rpc, monotonicMs } = this.#context;
    const deadlineMs = monotonicMs() + timeoutMs;
    const params = this.#handshakeParams();
    let reply = await rpc.request({ method: 'skill.handshake', params }, timeoutMs);
    if (reply.kind === 'error' && reply.code === methodNotFound) {
      this.#dialect = unprefixed;
      const leftMs = Math.max(1, deadlineMs - monotonicMs());
      reply = await rpc.request({ method: 'handshake', params }, leftMs);
    }
    return this.#readHandshake(reply, timeoutMs);
  }

  async health(timeoutMs: number): Promise<HealthAnswer> {
    const reply = await this.#context.rpc.request(this.#call('health'), timeoutMs);
    if (reply.kind !== 'result') return troubledHealth(reply);
    const result = asObject(reply.result);
    const status = result === null ? undefined : ownMember(result, 'status');
    if (result === null || typeof status !== 'string') {
      const message = 'the health answer has no `status` text';
      return { kind: 'malformed', message, latencyMs: reply.latencyMs };
    }
    const healthy = this.#dialect.healthyWords.includes(status);
    const said = ownMember(result, 'detail');
    const detail = typeof said === 'string' && said.trim() !== '' ? plainText(said) : null;
    return {
      kind: 'answered',
      healthy,
      detail: detail ?? (healthy ? null : plainText(status, 200)),
      latencyMs: reply.latencyMs,
    };
  }

  async invoke(method: string, params: Readonly<Record<string, unknown>> | undefined, timeoutMs: number) {
    const isInvoke = method === 'invoke' || method === 'skill.invoke';
    const call = { method: isInvoke ? `${this.#dialect.prefix}invoke` : method, params };
    return invokeResult(await this.#context.rpc.request(call, timeoutMs), timeoutMs);
  }

  shutdownCall(): RpcCall {
    return this.#call('shutdown');
  }

  /** This protocol knows no requests from a skill. */
  answerPeer(): null {
    return null;
  }

  #call(method: 'health' | 'shutdown'): RpcCall {
    return { method: `${this.#dialect.prefix}${method}` };
  }

  #handshakeParams(): Readonly<Record<string, unknown>> {
    const { plan, hostVersion } = this.#context;
    return {
      expected_name: plan.expectedName,
      fae_version: hostVersion,
      ...(plan.credentials === undefined ? {} : { credentials: plan.credentials }),
      ...(plan.settings === undefined ? {} : { settings: plan.settings }),
    };
  }

  #readHandshake(reply: RpcReply, timeoutMs: number): HandshakeResult {
    if (reply.kind === 'timeout' || reply.kind === 'gone') return failedHandshake(reply, timeoutMs);
    if (reply.kind === 'error') {
      const { code } = reply;
      const words = plainText(reply.message, 500);
      const triedMcp = this.#context.plan.protocol === 'auto';
      return code === methodNotFound
        ? { ok: false, cause: 'configuration', message: noDialectWords(words, triedMcp), code }
        : {
            ok: false,
            cause: 'handshake-refused',
            message: `the skill refused the handshake with error ${code}: ${words}`,
            code,
          };
    }
    const result = asObject(reply.result);
    if (result === null) return refused('the handshake answer is not an object');
    if (!Object.hasOwn(result, 'name') && Object.hasOwn(result, 'skill_name')) this.#dialect = unprefixed;
    return this.#readNames(result);
  }

  #readNames(result: Readonly<Record<string, unknown>>): HandshakeResult {
    const { nameMember } = this.#dialect;
    // An unprefixed skill may also call itself by `name`; the prefixed dialect promises `name` and `version`.
    const name = ownMember(result, nameMember) ?? ownMember(result, 'name');
    const version = ownMember(result, 'version');
    if (typeof name !== 'string') return refused(`the handshake answer has no \`${nameMember}\``);
    if (this.#dialect === prefixed && typeof version !== 'string') {
      return refused('the handshake answer has no `version`');
    }
    const { expectedName } = this.#context.plan;
    if (name !== expectedName) {
      const message = wrongNameWords(plainText(name, 100), expectedName);
      return { ok: false, cause: 'configuration', message };
    }
    return { ok: true, name, version: typeof version === 'string' ? plainText(version, 100) : null };
  }
}

/** The program speaks, but not what was agreed: trying again cannot help (DESIGN.md section 4 rule 6). */
function refused(message: string): HandshakeResult {
  return { ok: false, cause: 'configuration', message: `handshake refused: ${message}` };
}
