import type { WebPreferences } from 'electron';

/**
 * What every window of ours is made with (checklist items 2, 3, 4, 6, 8, 9, 10, 11), each said although most are
 * Electron's defaults: a default that changes must not change us.
 */
export function windowSecurity(preload: string): WebPreferences {
  return {
    preload,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    safeDialogs: true,
    spellcheck: false,
  };
}
