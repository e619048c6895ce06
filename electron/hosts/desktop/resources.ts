import { join } from 'node:path';
import { app, type NativeImage, nativeImage } from 'electron';
import type { TrayState } from './tray-model.ts';

/** Files that come with the app. */
export interface Resources {
  /** The tray's picture for a state; on macOS a template, which the system colours to suit its bar. */
  trayImage(state: TrayState): NativeImage;
  readonly windowIcon: string;
  /** Python must be able to read these, so they never lie in the archive. */
  readonly exampleSkills: string;
  readonly skillGuide: string;
}

/** `appRoot` holds `out` and `build`: the archive when packaged, the checkout while developing. */
export function openResources(appRoot: string): Resources {
  const loose = app.isPackaged ? process.resourcesPath : appRoot;
  return {
    trayImage(state) {
      const image = nativeImage.createFromPath(join(appRoot, 'build', 'tray', trayFile(state)));
      if (process.platform === 'darwin') image.setTemplateImage(true);
      return image;
    },
    windowIcon: join(appRoot, 'build', 'icon.png'),
    exampleSkills: join(loose, 'examples', 'skills'),
    skillGuide: join(loose, 'docs', 'skills.md'),
  };
}

/** Electron finds the `@2x` pictures beside these by itself. */
function trayFile(state: TrayState): string {
  if (process.platform === 'darwin') return `${state}Template.png`;
  return process.platform === 'win32' ? `${state}.ico` : `${state}.png`;
}
