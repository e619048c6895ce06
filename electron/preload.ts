import { contextBridge, ipcRenderer, webUtils } from 'electron';
import {
  type BridgeApi,
  CONTRACT_VERSION,
  commandNames,
  desktopChannels,
  errorResponse,
  type ResponseEnvelope,
  type SequencedEvent,
} from '../shared/contract/index.ts';
import { DROP_CHANNEL } from './hosts/desktop/drop-channel.ts';

// The page gets one function per command of the contract and one for events: no channel names, no Electron objects,
// no event objects (security checklist item 20).
let lastRequest = 0;

async function send(command: string, payload: unknown): Promise<ResponseEnvelope> {
  lastRequest += 1;
  const requestId = String(lastRequest);
  try {
    return await ipcRenderer.invoke(desktopChannels.command, {
      v: CONTRACT_VERSION,
      requestId,
      command,
      payload,
    });
  } catch {
    // A function or a DOM node among the payload cannot be sent at all; nothing has reached the host.
    return errorResponse(requestId, {
      code: 'invalid_payload',
      message: `${command}: only plain data can be sent.`,
    });
  }
}

const api = {
  hostKind: 'desktop',
  commands: Object.fromEntries(
    commandNames.map((name) => [name, (payload: unknown) => send(name, payload)]),
  ) as BridgeApi['commands'],
  onEvents(listener) {
    const forward = (_event: unknown, batch: readonly SequencedEvent[]) => listener(batch);
    ipcRenderer.on(desktopChannels.events, forward);
    return () => {
      ipcRenderer.off(desktopChannels.events, forward);
    };
  },
} satisfies BridgeApi;

contextBridge.exposeInMainWorld('skillward', api);

// A skill dropped on the window goes to the main process by its path, which the page never learns. The page cannot
// make one up either: `isTrusted` is true for a person's drop alone.
window.addEventListener('dragover', (event) => event.preventDefault());
window.addEventListener('drop', (event) => {
  event.preventDefault();
  const file = event.dataTransfer?.files[0];
  if (!event.isTrusted || file === undefined) return;
  const path = webUtils.getPathForFile(file);
  if (path !== '') void ipcRenderer.invoke(DROP_CHANNEL, path);
});
