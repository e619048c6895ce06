import path from 'node:path';

/** A configuration file another program may have left on this machine. */
export interface KnownSource {
  readonly sourceId: string;
  readonly client: string;
  readonly path: string;
}

/** What the places of configurations depend on. */
export interface SourceWorld {
  readonly platform: NodeJS.Platform;
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Folders in which a project's `.mcp.json` may lie. */
  readonly projects: readonly string[];
}

/** Where the programs people have keep their lists of MCP servers, in the order they are shown. */
export function knownSources({ platform, home, env, projects }: SourceWorld): readonly KnownSource[] {
  const inHome = (...parts: string[]) => path.join(home, ...parts);
  const appData =
    platform === 'darwin'
      ? inHome('Library', 'Application Support')
      : platform === 'win32'
        ? (env.APPDATA ?? inHome('AppData', 'Roaming'))
        : (env.XDG_CONFIG_HOME ?? inHome('.config'));
  const inApp = (...parts: string[]) => path.join(appData, ...parts);
  const zed =
    platform === 'win32' ? inApp('Zed', 'settings.json') : inHome('.config', 'zed', 'settings.json');
  const known: readonly (readonly [id: string, client: string, file: string])[] = [
    ['claude-desktop', 'Claude Desktop', inApp('Claude', 'claude_desktop_config.json')],
    ['claude-code', 'Claude Code', inHome('.claude.json')],
    ['cursor', 'Cursor', inHome('.cursor', 'mcp.json')],
    ['vscode', 'VS Code', inApp('Code', 'User', 'mcp.json')],
    ['vscode-settings', 'VS Code (settings)', inApp('Code', 'User', 'settings.json')],
    ['vscodium', 'VSCodium', inApp('VSCodium', 'User', 'mcp.json')],
    ['windsurf', 'Windsurf', inHome('.codeium', 'windsurf', 'mcp_config.json')],
    ['zed', 'Zed', zed],
    ['gemini-cli', 'Gemini CLI', inHome('.gemini', 'settings.json')],
    ['lm-studio', 'LM Studio', inHome('.lmstudio', 'mcp.json')],
  ];
  return [
    ...known.map(([sourceId, client, file]) => ({ sourceId, client, path: file })),
    ...projects.map((folder, at) => ({
      sourceId: `project-${at + 1}`,
      client: '.mcp.json',
      path: path.join(folder, '.mcp.json'),
    })),
  ];
}
