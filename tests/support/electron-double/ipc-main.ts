import { EventEmitter } from 'node:events';
import type * as Electron from 'electron';

type Handler = (event: Electron.IpcMainInvokeEvent, ...args: unknown[]) => unknown;

export class IpcMain extends EventEmitter {
  /** The name Electron has for it too, so that a test can hand a forged message to the app's own handler. */
  readonly _invokeHandlers = new Map<string, Handler>();

  handle(channel: string, listener: Handler): void {
    if (this._invokeHandlers.has(channel))
      throw new Error(`Attempted to register a second handler for '${channel}'`);
    this._invokeHandlers.set(channel, listener);
  }

  removeHandler(channel: string): void {
    this._invokeHandlers.delete(channel);
  }
}
