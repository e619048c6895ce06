import type { SkillProtocol } from '../../../shared/model/skill.ts';
import { McpSession } from './mcp.ts';
import { type HandshakeResult, methodNotFound, type Session, type SessionContext } from './session.ts';
import { SkillSession } from './skill.ts';

/**
 * How MCP servers refuse the handshake of a skill: they do not know the method, or answer nothing but `initialize` before
 * `initialize` (invalid request, invalid params). None of it keeps a server from being initialized afterwards.
 */
const refusalsOfMcp: ReadonlySet<number> = new Set([methodNotFound, -32600, -32602]);

/** The session of a run, in the protocol its plan names or finds out. */
export function sessionOf(context: SessionContext): Session {
  const { protocol } = context.plan;
  if (protocol === 'auto') return new AutoSession(context);
  return protocol === 'mcp' ? new McpSession(context) : new SkillSession(context);
}

/** For a skill whose manifest names no protocol: the skill protocol in both dialects first, then MCP. */
class AutoSession implements Session {
  readonly #context: SessionContext;
  #spoken: Session;

  constructor(context: SessionContext) {
    this.#context = context;
    this.#spoken = new SkillSession(context);
  }

  get protocol(): SkillProtocol {
    return this.#spoken.protocol;
  }

  async handshake(timeoutMs: number): Promise<HandshakeResult> {
    const { monotonicMs } = this.#context;
    const deadlineMs = monotonicMs() + timeoutMs;
    const skill = this.#spoken;
    const asSkill = await skill.handshake(timeoutMs);
    if (asSkill.ok || asSkill.code === undefined || !refusalsOfMcp.has(asSkill.code)) return asSkill;
    // From here on: a server may ask us something before it has answered.
    this.#spoken = new McpSession(this.#context);
    const asServer = await this.#spoken.handshake(Math.max(1, deadlineMs - monotonicMs()));
    if (asServer.ok) return asServer;
    // A skill that knows MCP no better is told what it should have answered first.
    this.#spoken = skill;
    return asSkill;
  }

  health: Session['health'] = (timeoutMs) => this.#spoken.health(timeoutMs);

  invoke: Session['invoke'] = (method, params, timeoutMs) => this.#spoken.invoke(method, params, timeoutMs);

  shutdownCall: Session['shutdownCall'] = () => this.#spoken.shutdownCall();

  answerPeer: Session['answerPeer'] = (method, params) => this.#spoken.answerPeer(method, params);
}
