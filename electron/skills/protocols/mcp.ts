import type { HealthAnswer } from '../../core/health/answer.ts';
import { asObject, ownMember, plainText } from '../json-line.ts';
import type { RpcReply } from '../rpc-client.ts';
import type { RpcCall, RpcPeerReply } from '../rpc-wire.ts';
import type { InvokeResult } from '../types.ts';
import {
  failedHandshake,
  type HandshakeResult,
  invokeResult,
  methodNotFound,
  type Session,
  type SessionContext,
  troubledHealth,
} from './session.ts';

const offeredVersion = '2025-11-25';
/** The era without a handshake: every request carries its protocol version. */
const envelopeVersion = '2026-07-28';
const unsupportedVersion = -32022;
/** How a tool that raised reads for a caller: MCP itself has no code for it. */
const toolFailed = -32000;

/** MCP over stdio: `initialize` and `ping`, or `server/discover` where a server no longer has them. */
export class McpSession implements Session {
  readonly protocol = 'mcp';
  readonly #context: SessionContext;
  #envelope: Readonly<Record<string, unknown>> | null = null;
  #calls = 0;

  constructor(context: SessionContext) {
    this.#context = context;
  }

  async handshake(timeoutMs: number): Promise<HandshakeResult> {
    const { rpc, hostVersion, monotonicMs } = this.#context;
    const deadlineMs = monotonicMs() + timeoutMs;
    const clientInfo = { name: 'skillward', version: hostVersion };
    const params = { protocolVersion: offeredVersion, capabilities: {}, clientInfo };
    const reply = await rpc.request({ method: 'initialize', params }, timeoutMs);
    if (reply.kind === 'error' && (reply.code === methodNotFound || reply.code === unsupportedVersion)) {
      this.#envelope = {
        'io.modelcontextprotocol/protocolVersion': envelopeVersion,
        'io.modelcontextprotocol/clientInfo': clientInfo,
        'io.modelcontextprotocol/clientCapabilities': {},
      };
      const leftMs = Math.max(1, deadlineMs - monotonicMs());
      return this.#readServer(await this.#request('server/discover', undefined, leftMs), timeoutMs);
    }
    const result = this.#readServer(reply, timeoutMs);
    if (result.ok) rpc.notify({ method: 'notifications/initialized' });
    return result;
  }

  async health(timeoutMs: number): Promise<HealthAnswer> {
    const method = this.#envelope === null ? 'ping' : 'server/discover';
    const reply = await this.#request(method, undefined, timeoutMs);
    return reply.kind === 'result'
      ? { kind: 'answered', healthy: true, detail: null, latencyMs: reply.latencyMs }
      : troubledHealth(reply);
  }

  /** A plain name is a tool; a name with a slash is a method of the protocol (`tools/list`). Tools may report progress. */
  async invoke(
    method: string,
    params: Readonly<Record<string, unknown>> | undefined,
    timeoutMs: number,
  ): Promise<InvokeResult> {
    const called = method.includes('/') ? method : 'tools/call';
    const asked = method.includes('/') ? params : { name: method, arguments: params ?? {} };
    const reply = await this.#request(
      called,
      called === 'tools/call' ? this.#withProgress(asked) : asked,
      timeoutMs,
    );
    const result = reply.kind === 'result' ? asObject(reply.result) : null;
    return result !== null && ownMember(result, 'isError') === true
      ? { ok: false, kind: 'skill_error', code: toolFailed, message: toolText(result), data: result }
      : invokeResult(reply, timeoutMs);
  }

  /** Closing the input is how an MCP server is asked to end. */
  shutdownCall(): RpcCall | null {
    return null;
  }

  answerPeer(method: string): RpcPeerReply {
    return method === 'ping'
      ? { result: {} }
      : { error: { code: methodNotFound, message: `unknown method: ${plainText(method, 100)}` } };
  }

  /** Servers report progress only to who gives a token for it; a caller's own is left as it is. */
  #withProgress(params: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
    this.#calls += 1;
    return { ...params, _meta: { progressToken: this.#calls, ...asObject(params._meta) } };
  }

  #request(
    method: string,
    params: Readonly<Record<string, unknown>> | undefined,
    timeoutMs: number,
  ): Promise<RpcReply> {
    const meta = asObject(params?._meta);
    const full = this.#envelope === null ? params : { ...params, _meta: { ...meta, ...this.#envelope } };
    return this.#context.rpc.request({ method, params: full }, timeoutMs);
  }

  #readServer(reply: RpcReply, timeoutMs: number): HandshakeResult {
    if (reply.kind === 'timeout' || reply.kind === 'gone') return failedHandshake(reply, timeoutMs);
    if (reply.kind === 'error') {
      const message = `the server refused the handshake with error ${reply.code}: ${plainText(reply.message, 500)}`;
      return {
        ok: false,
        cause: reply.code === methodNotFound ? 'configuration' : 'handshake-refused',
        message,
        code: reply.code,
      };
    }
    const result = asObject(reply.result);
    if (result === null) {
      return { ok: false, cause: 'configuration', message: 'handshake refused: the answer is not an object' };
    }
    const info = asObject(ownMember(result, 'serverInfo')) ?? {};
    const name = ownMember(info, 'name');
    const version = ownMember(info, 'version');
    return {
      ok: true,
      name: typeof name === 'string' ? plainText(name, 100) : this.#context.plan.expectedName,
      version: typeof version === 'string' && version !== '' ? plainText(version, 100) : null,
    };
  }
}

function toolText(result: Readonly<Record<string, unknown>>): string {
  const content = ownMember(result, 'content');
  const texts = (Array.isArray(content) ? content : []).flatMap((part: unknown) => {
    const text = ownMember(asObject(part) ?? {}, 'text');
    return typeof text === 'string' ? [text] : [];
  });
  return plainText(texts.join('\n') || 'the tool failed without saying why');
}
