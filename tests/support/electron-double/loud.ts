/** Asked for by the language or by tools that look at any object; nobody means them as a member of Electron. */
const innocent = new Set<PropertyKey>([
  'then',
  'toJSON',
  'prototype',
  'length',
  'name',
  'caller',
  'arguments',
  'domain',
]);

/**
 * Makes every use of something the double does not have fail with its name, instead of giving `undefined`: what the app
 * uses is either there or known to be missing.
 */
export function loud<T extends object>(name: string, target: T): T {
  const bound = new Map<PropertyKey, { readonly from: unknown; readonly to: unknown }>();
  return new Proxy(target, {
    get(_target, key) {
      if (!(key in target)) {
        if (typeof key === 'symbol' || innocent.has(key)) return undefined;
        throw new Error(`The Electron double has no ${name}.${key}.`);
      }
      const value: unknown = Reflect.get(target, key, target);
      // A class keeps its statics; only methods, which have no prototype of their own, are bound.
      if (typeof value !== 'function' || typeof target === 'function' || Object.hasOwn(value, 'prototype'))
        return value;
      // Methods run on the object itself: private members do not exist on a proxy.
      const before = bound.get(key);
      if (before?.from === value) return before.to;
      const to: unknown = value.bind(target);
      bound.set(key, { from: value, to });
      return to;
    },
    set(_target, key, value) {
      return Reflect.set(target, key, value, target);
    },
  });
}
