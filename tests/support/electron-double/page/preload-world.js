// What a sandboxed preload script finds: `require` of electron and nothing else worth having, in a world of its own.

/**
 * @param {(text: string) => void} tell  to the main process
 * @param {ReturnType<typeof import('./bridge-half.js').installBridgeHalf>} bridge
 * @param {{ encode(value: unknown): string, decode(text: string): unknown }} wire
 */
export function makePreloadWorld(tell, bridge, wire) {
  const waiting = new Map();
  const listeners = new Map();
  const files = [];
  let last = 0;

  const clone = (args) => {
    try {
      return wire.encode(structuredClone(args));
    } catch {
      throw new Error('An object could not be cloned.');
    }
  };
  const ask = (message) => {
    last += 1;
    const id = last;
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      tell(JSON.stringify({ ...message, id }));
    });
  };

  const ipcRenderer = loud('ipcRenderer', {
    invoke: async (channel, ...args) => ask({ kind: 'invoke', channel, args: clone(args) }),
    send: (channel, ...args) => tell(JSON.stringify({ kind: 'send', channel, args: clone(args) })),
    on(channel, listener) {
      listeners.set(channel, [...(listeners.get(channel) ?? []), listener]);
      return ipcRenderer;
    },
    off(channel, listener) {
      const kept = [...(listeners.get(channel) ?? [])];
      const index = kept.lastIndexOf(listener);
      if (index >= 0) kept.splice(index, 1);
      listeners.set(channel, kept);
      return ipcRenderer;
    },
  });
  const electron = loud('electron', {
    ipcRenderer,
    contextBridge: loud('contextBridge', {
      exposeInMainWorld: (key, api) => bridge.expose(key, api),
    }),
    webUtils: loud('webUtils', {
      // Only the main process can learn the path; what travels there is replaced by it on the way.
      getPathForFile(file) {
        if (!(file instanceof File)) throw new TypeError('getPathForFile needs a File');
        files.push(file);
        return `\0electron-double-file:${files.length - 1}`;
      },
    }),
  });

  bridge.expose('\0permissions', {
    request: (permission) => ask({ kind: 'permission', how: 'request', permission }),
    check: (permission) => ask({ kind: 'permission', how: 'check', permission }),
  });

  return {
    files,
    require(name) {
      if (name === 'electron') return electron;
      throw new Error(
        `module not found: ${name} (a sandboxed preload script has electron, events, timers and url)`,
      );
    },
    settle(id, ok, text) {
      const { resolve, reject } = waiting.get(id);
      waiting.delete(id);
      if (ok) resolve(wire.decode(text));
      else reject(new Error(text));
    },
    hear(channel, text) {
      const args = wire.decode(text);
      for (const listener of listeners.get(channel) ?? [])
        listener({ sender: ipcRenderer, ports: [] }, ...args);
    },
    watchTitle() {
      let told = null;
      const look = () => {
        if (document.title === told) return;
        told = document.title;
        tell(JSON.stringify({ kind: 'title', title: told }));
      };
      new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true });
      look();
    },
  };

  function loud(name, api) {
    return new Proxy(api, {
      get(target, key) {
        if (key in target || typeof key === 'symbol' || key === 'then') return target[key];
        throw new Error(`the Electron double has no ${name}.${String(key)}`);
      },
    });
  }
}
