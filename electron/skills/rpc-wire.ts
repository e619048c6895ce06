import { asObject, ownMember } from './json-line.ts';

/** A request or notification as it goes over the wire. */
export interface RpcCall {
  readonly method: string;
  readonly params?: Readonly<Record<string, unknown>> | undefined;
}

/**
 * One line: compact, members in the order `jsonrpc, method, params, id`, no `params` where there is none. Skills exist that
 * read this with regular expressions, so the order is part of the protocol (DESIGN.md section 5).
 */
export function encodeRequest(call: RpcCall, id: number): string {
  return `${JSON.stringify({ jsonrpc: '2.0', method: call.method, params: call.params, id })}\n`;
}

export function encodeNotification(call: RpcCall): string {
  return `${JSON.stringify({ jsonrpc: '2.0', method: call.method, params: call.params })}\n`;
}

/** The answer to a request the other side sent us. */
export function encodeReply(id: string | number, reply: RpcPeerReply): string {
  return `${JSON.stringify({ jsonrpc: '2.0', id, ...reply })}\n`;
}

export type RpcPeerReply =
  | { readonly result: unknown }
  | { readonly error: { readonly code: number; readonly message: string } };

/** A message of a skill, told apart by which members it has. */
export type RpcMessage =
  | { readonly kind: 'result'; readonly id: unknown; readonly result: unknown }
  | {
      readonly kind: 'error';
      readonly id: unknown;
      readonly code: number;
      readonly message: string;
      readonly data: unknown;
    }
  | {
      readonly kind: 'request';
      readonly id: string | number;
      readonly method: string;
      readonly params: unknown;
    }
  | { readonly kind: 'notification'; readonly method: string; readonly params: unknown }
  /** A JSON object that is no JSON-RPC message: a log record, most likely. */
  | { readonly kind: 'foreign' };

export function readMessage(value: Readonly<Record<string, unknown>>): RpcMessage {
  if (ownMember(value, 'jsonrpc') !== '2.0') return { kind: 'foreign' };
  const id = ownMember(value, 'id');
  // `result` wins where both are there, and a null result is one.
  if (Object.hasOwn(value, 'id') && Object.hasOwn(value, 'result')) {
    return { kind: 'result', id, result: ownMember(value, 'result') };
  }
  if (Object.hasOwn(value, 'id') && Object.hasOwn(value, 'error')) {
    const error = asObject(ownMember(value, 'error')) ?? {};
    const code = ownMember(error, 'code');
    const message = ownMember(error, 'message');
    return {
      kind: 'error',
      id,
      code: typeof code === 'number' && Number.isFinite(code) ? code : 0,
      message: typeof message === 'string' ? message : 'an error without a message',
      data: ownMember(error, 'data') ?? null,
    };
  }
  const method = ownMember(value, 'method');
  if (typeof method !== 'string') return { kind: 'foreign' };
  const params = ownMember(value, 'params') ?? null;
  return typeof id === 'string' || typeof id === 'number'
    ? { kind: 'request', id, method, params }
    : { kind: 'notification', method, params };
}
