// What the structured clone algorithm carries, as text: a table of nodes, so that cycles and shared parts survive.
// Runs in Node as a module and in the page as part of a script, so it imports nothing.

/** @param {unknown} value  cloned already, so nothing in it is a function or a host object */
export function encode(value) {
  const table = [];
  const seen = new Map();
  const visit = (item) => {
    if (seen.has(item)) return seen.get(item);
    const index = table.length;
    table.push(null);
    if (typeof item === 'object' && item !== null) seen.set(item, index);
    table[index] = nodeOf(item, visit);
    return index;
  };
  visit(value);
  return JSON.stringify(table);
}

/** @param {string} text */
export function decode(text) {
  const table = JSON.parse(text);
  const made = new Map();
  const take = (index) => {
    if (made.has(index)) return made.get(index);
    const [kind, body] = table[index];
    switch (kind) {
      case 'json':
        return body;
      case 'undefined':
        return undefined;
      case 'number':
        return Number(body);
      case 'bigint':
        return BigInt(body);
      case 'date':
        // No JSON number: a date that is none.
        return keep(index, new Date(body ?? Number.NaN));
      case 'error':
        return keep(index, new Error(body));
      case 'array': {
        const array = keep(index, []);
        for (const part of body) array.push(take(part));
        return array;
      }
      case 'map': {
        const map = keep(index, new Map());
        for (const [key, part] of body) map.set(take(key), take(part));
        return map;
      }
      case 'set': {
        const set = keep(index, new Set());
        for (const part of body) set.add(take(part));
        return set;
      }
      case 'bytes':
        return keep(index, Uint8Array.from(body));
      case 'object': {
        const object = keep(index, {});
        // Defined, not set: a key called __proto__ is a key, as it is after a real structured clone.
        for (const [key, part] of body)
          Object.defineProperty(object, key, {
            value: take(part),
            enumerable: true,
            configurable: true,
            writable: true,
          });
        return object;
      }
      default:
        throw new Error(`unknown node ${kind}`);
    }
  };
  const keep = (index, value) => {
    made.set(index, value);
    return value;
  };
  return take(0);
}

function nodeOf(item, visit) {
  if (item === undefined) return ['undefined'];
  if (typeof item === 'bigint') return ['bigint', String(item)];
  if (typeof item === 'number' && (!Number.isFinite(item) || Object.is(item, -0)))
    return ['number', Object.is(item, -0) ? '-0' : String(item)];
  if (typeof item !== 'object' || item === null) return ['json', item];
  if (item instanceof Date) return ['date', item.getTime()];
  if (item instanceof Error) return ['error', item.message];
  if (item instanceof Map) return ['map', [...item].map(([key, part]) => [visit(key), visit(part)])];
  if (item instanceof Set) return ['set', [...item].map(visit)];
  if (ArrayBuffer.isView(item))
    return ['bytes', [...new Uint8Array(item.buffer, item.byteOffset, item.byteLength)]];
  if (Array.isArray(item)) return ['array', Array.from(item, visit)];
  return ['object', Object.keys(item).map((key) => [key, visit(item[key])])];
}
