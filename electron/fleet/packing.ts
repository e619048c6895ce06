import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { depthExceeds, maxJsonDepth } from '../core/json-depth.ts';

/** Below this a message travels as plain JSON, bytes. */
const PLAIN_BYTES = 16_384;
/** How a gzip stream begins; JSON never does. */
const GZIP_MAGIC = [0x1f, 0x8b] as const;
const zip = promisify(gzip);
const unzip = promisify(gunzip);

/** What two hosts say to each other that may be long: JSON, gzipped when it is. Off the event loop. */
export async function packJson(value: unknown): Promise<Uint8Array> {
  const plain = new TextEncoder().encode(JSON.stringify(value));
  return plain.byteLength <= PLAIN_BYTES ? plain : zip(plain);
}

interface Unpacked {
  readonly value: unknown;
  /** How long it was once unpacked. */
  readonly bytes: number;
}

/**
 * Reads what `packJson` made, of which nothing is believed. Throws an `Error` with one sentence when it is longer than
 * `maxBytes` once unpacked, is cut off, nests too deep, or is no JSON.
 */
export async function unpackJson(packed: Uint8Array, maxBytes: number): Promise<unknown> {
  return (await unpackSized(packed, maxBytes)).value;
}

/** The same for those who add up how much they hold. */
export async function unpackSized(packed: Uint8Array, maxBytes: number): Promise<Unpacked> {
  const plain = isGzip(packed) ? await inflated(packed, maxBytes) : packed;
  return { value: readJson(plain, maxBytes), bytes: plain.byteLength };
}

/** The same for what always travels as plain JSON. Throws an `Error` with one sentence, also when it nests too deep. */
export function readJson(plain: Uint8Array, maxBytes: number): unknown {
  if (plain.byteLength > maxBytes) throw tooLong(maxBytes);
  const text = decoded(plain);
  if (depthExceeds(text, maxJsonDepth)) throw new Error(`It nests deeper than ${maxJsonDepth} levels.`);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error('It is no JSON.', { cause: error });
  }
}

function decoded(plain: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(plain);
  } catch (error) {
    throw new Error('It is not UTF-8.', { cause: error });
  }
}

function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === GZIP_MAGIC[0] && bytes[1] === GZIP_MAGIC[1];
}

async function inflated(packed: Uint8Array, maxBytes: number): Promise<Uint8Array> {
  try {
    return await unzip(packed, { maxOutputLength: maxBytes });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE')
      throw tooLong(maxBytes);
    throw new Error('It is packed in a way that cannot be read.', { cause: error });
  }
}

function tooLong(maxBytes: number): Error {
  return new Error(`It is longer than ${maxBytes} bytes.`);
}
