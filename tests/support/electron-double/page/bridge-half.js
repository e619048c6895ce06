// One half of the context bridge. The page's world and the preload script's world share the document but no object;
// text travels between them in synchronous events whose name only the two halves know. As with Electron's bridge,
// functions become proxies, promises stay promises, everything else is cloned, and what is exposed is frozen.

/**
 * @param {'page' | 'preload'} side
 * @param {string} channel  unguessable
 * @param {{ encode(value: unknown): string, decode(text: string): unknown }} wire
 */
export function installBridgeHalf(side, channel, wire) {
  const other = side === 'page' ? 'preload' : 'page';
  const MAX_DEPTH = 1000;
  // Held now: a page that replaces these later does not get between the halves.
  const HeldEvent = CustomEvent;
  const dispatch = document.dispatchEvent.bind(document);
  const functions = new Map();
  const waiting = new Map();
  const replies = new Map();
  let last = 0;

  const post = (message) =>
    dispatch(new HeldEvent(`${channel}:${other}`, { detail: JSON.stringify(message) }));

  const give = (value, depth = 0) => {
    if (depth > MAX_DEPTH)
      throw new TypeError(
        'Electron contextBridge recursion depth exceeded. Nested objects deeper than 1000 are not supported.',
      );
    if (typeof value === 'function') {
      last += 1;
      functions.set(`${side}${last}`, value);
      return { call: `${side}${last}` };
    }
    if (value instanceof Promise) {
      last += 1;
      const id = `${side}${last}`;
      value.then(
        (result) => post({ kind: 'settle', id, ok: true, value: give(result) }),
        (error) => post({ kind: 'settle', id, ok: false, value: give(String(error?.message ?? error)) }),
      );
      return { promise: id };
    }
    if (Array.isArray(value)) return { list: value.map((item) => give(item, depth + 1)) };
    if (isPlain(value)) return { parts: Object.keys(value).map((key) => [key, give(value[key], depth + 1)]) };
    if (typeof value === 'symbol') throw new TypeError('An object could not be cloned.');
    return { plain: wire.encode(structuredClone(value)) };
  };

  const isPlain = (value) => {
    if (typeof value !== 'object' || value === null) return false;
    const prototype = Object.getPrototypeOf(value);
    return prototype === null || prototype === Object.prototype;
  };

  const take = (given) => {
    if (given.call !== undefined) return (...args) => callOther(given.call, args);
    if (given.promise !== undefined)
      return new Promise((resolve, reject) => waiting.set(given.promise, { resolve, reject }));
    if (given.list !== undefined) return given.list.map(take);
    if (given.parts !== undefined) {
      const object = {};
      for (const [key, part] of given.parts)
        Object.defineProperty(object, key, {
          value: take(part),
          enumerable: true,
          writable: true,
          configurable: true,
        });
      return object;
    }
    return wire.decode(given.plain);
  };

  const callOther = (target, args) => {
    last += 1;
    const id = `${side}${last}`;
    post({ kind: 'call', id, target, args: args.map((arg) => give(arg)) });
    const reply = replies.get(id);
    replies.delete(id);
    if (reply === undefined) throw new Error('the other side of the bridge is gone');
    if (!reply.ok) throw new Error(take(reply.value));
    return take(reply.value);
  };

  const exposed = new Map();
  const hear = (message) => {
    if (message.kind === 'call') {
      let reply;
      try {
        reply = { ok: true, value: give(functions.get(message.target)(...message.args.map(take))) };
      } catch (error) {
        reply = { ok: false, value: give(String(error?.message ?? error)) };
      }
      post({ kind: 'reply', id: message.id, ...reply });
    } else if (message.kind === 'reply') replies.set(message.id, message);
    else if (message.kind === 'settle') {
      const { resolve, reject } = waiting.get(message.id);
      waiting.delete(message.id);
      if (message.ok) resolve(take(message.value));
      else reject(new Error(take(message.value)));
    } else if (message.kind === 'expose') exposeHere(message.key, message.value);
    else if (message.kind === 'hello')
      for (const [key, value] of exposed) post({ kind: 'expose', key, value });
  };
  document.addEventListener(`${channel}:${side}`, (event) => hear(JSON.parse(event.detail)));

  const inner = {};
  const exposeHere = (key, value) => {
    if (key.startsWith('\0')) {
      inner[key.slice(1)] ??= take(value);
      return;
    }
    if (Object.hasOwn(globalThis, key)) return;
    Object.defineProperty(globalThis, key, {
      value: freeze(take(value)),
      enumerable: true,
      writable: false,
      configurable: false,
    });
  };
  const freeze = (value) => {
    if (typeof value === 'object' && value !== null) {
      for (const key of Object.keys(value)) freeze(value[key]);
      Object.freeze(value);
    }
    return value;
  };

  if (side === 'page') post({ kind: 'hello' });
  return {
    inner,
    /** Puts `api` on the page's global under `key`; a key that starts with NUL is for the other half alone. */
    expose(key, api) {
      if (exposed.has(key))
        throw new Error(`Cannot bind an API on top of an existing property on the window object: ${key}`);
      const value = give(api);
      exposed.set(key, value);
      post({ kind: 'expose', key, value });
    },
  };
}
