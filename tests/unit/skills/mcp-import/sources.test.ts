import { describe, expect, it } from 'vitest';
import { knownSources } from '../../../../electron/skills/mcp-import/sources.ts';

const places = (platform: NodeJS.Platform, env: Record<string, string> = {}) =>
  Object.fromEntries(
    knownSources({ platform, home: '/home/me', env, projects: ['/srv/shop'] }).map(({ sourceId, path }) => [
      sourceId,
      path,
    ]),
  );

describe('where programs keep their servers', () => {
  it('depends on the system', () => {
    expect(places('linux')).toMatchObject({
      'claude-desktop': '/home/me/.config/Claude/claude_desktop_config.json',
      vscode: '/home/me/.config/Code/User/mcp.json',
      zed: '/home/me/.config/zed/settings.json',
      'project-1': '/srv/shop/.mcp.json',
    });
    expect(places('linux', { XDG_CONFIG_HOME: '/cfg' })['claude-desktop']).toBe(
      '/cfg/Claude/claude_desktop_config.json',
    );
    expect(places('darwin')).toMatchObject({
      'claude-desktop': '/home/me/Library/Application Support/Claude/claude_desktop_config.json',
      cursor: '/home/me/.cursor/mcp.json',
    });
    expect(places('win32', { APPDATA: '/home/me/AppData/Roaming' })).toMatchObject({
      'claude-desktop': '/home/me/AppData/Roaming/Claude/claude_desktop_config.json',
      zed: '/home/me/AppData/Roaming/Zed/settings.json',
    });
  });

  it('gives every place its own name', () => {
    const ids = knownSources({ platform: 'linux', home: '/h', env: {}, projects: ['/a', '/b'] }).map(
      ({ sourceId }) => sourceId,
    );
    expect(new Set(ids).size).toBe(ids.length);
  });
});
