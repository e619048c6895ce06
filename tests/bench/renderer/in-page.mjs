// What the measurements run inside the page: each function is sent there alone, so none may use another.

/** Runs before everything else: notes when a frame with the first row, and with the first heartbeat bar, is on the screen. */
export function notePaints(selectors) {
  const painted = {};
  globalThis.painted = painted;
  const look = () => {
    for (const name of ['row', 'bar']) {
      if (painted[name] !== undefined || document.querySelector(selectors[name]) === null) continue;
      // The frame that draws it has begun; the message comes when it is done.
      const channel = new MessageChannel();
      channel.port1.onmessage = () => {
        painted[name] ??= performance.now();
      };
      channel.port2.postMessage(null);
    }
    if (painted.bar === undefined) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** Null until both are painted. `loadedMs`: when the last script or style the page itself names had arrived. */
export function readPaints() {
  const { row, bar } = globalThis.painted;
  if (row === undefined || bar === undefined) return null;
  const named = new Set(
    [...document.querySelectorAll('script[src], link[rel="stylesheet"], link[rel="modulepreload"]')].map(
      (element) => element.src ?? element.href,
    ),
  );
  const ends = performance
    .getEntriesByType('resource')
    .filter(({ name }) => named.has(name))
    .map(({ responseEnd }) => responseEnd);
  return { rowMs: row, barMs: bar, loadedMs: Math.max(...ends) };
}

/** Goes to an address inside the page, as a link would. */
export function goTo(hash) {
  location.hash = hash;
}

/** Goes there and resolves with how long it took until a frame with `selector` was on the screen, ms. */
export function timeTo({ hash, selector }) {
  return new Promise((resolve) => {
    const startedMs = performance.now();
    location.hash = hash;
    const look = () => {
      if (document.querySelector(selector) === null) {
        requestAnimationFrame(look);
        return;
      }
      const channel = new MessageChannel();
      channel.port1.onmessage = () => resolve(performance.now() - startedMs);
      channel.port2.postMessage(null);
    };
    requestAnimationFrame(look);
  });
}

/** Up to the first line; a list that is there already is moved away first, so that it notices. */
export function scrollToTop(list) {
  list.scrollTop = list.scrollTop > 0 ? 0 : 200;
}

/** From now on: when a frame shows another state or another number of restarts in the row of this skill. */
export function watchRow(skillId) {
  const said = () => {
    const row = [...document.querySelectorAll('main table tbody tr')].find(
      (one) => one.querySelector('th a')?.textContent === skillId,
    );
    const cells = row?.querySelectorAll('[data-column="state"], [data-column="restarts"]') ?? [];
    return [...cells].map((cell) => cell.textContent).join('\n');
  };
  const before = said();
  if (before === '') throw new Error(`no row of ${skillId} is on the page`);
  globalThis.rowChange = new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      if (said() === before) return;
      observer.disconnect();
      requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = () => resolve(Date.now());
        channel.port2.postMessage(null);
      });
    });
    observer.observe(document.body, { subtree: true, childList: true, characterData: true });
  });
}

/** Resolves with the time of that frame, epoch ms. */
export function rowChanged() {
  return globalThis.rowChange;
}
