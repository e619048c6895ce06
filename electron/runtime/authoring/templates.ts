import daemonManifest from '../../../examples/authoring/daemon/manifest.toml?raw';
import daemonSkill from '../../../examples/authoring/daemon/skill.py?raw';
import daemonTest from '../../../examples/authoring/daemon/test_skill.py?raw';
import mcpManifest from '../../../examples/authoring/mcp/manifest.toml?raw';
import mcpServer from '../../../examples/authoring/mcp/server.py?raw';
import mcpTest from '../../../examples/authoring/mcp/test_server.py?raw';
import oneShotManifest from '../../../examples/authoring/one-shot/manifest.toml?raw';
import oneShotSkill from '../../../examples/authoring/one-shot/skill.py?raw';
import oneShotTest from '../../../examples/authoring/one-shot/test_skill.py?raw';
import helper from '../../../examples/authoring/skillward_skill.py?raw';

export type SkillKind = 'daemon' | 'one-shot' | 'mcp';

/** The files of a new skill, by name; `__ID__` and `__NAME__` stand for its own. */
const files: Readonly<Record<SkillKind, Readonly<Record<string, string>>>> = {
  daemon: { 'manifest.toml': daemonManifest, 'skill.py': daemonSkill, 'test_skill.py': daemonTest },
  'one-shot': { 'manifest.toml': oneShotManifest, 'skill.py': oneShotSkill, 'test_skill.py': oneShotTest },
  mcp: { 'manifest.toml': mcpManifest, 'server.py': mcpServer, 'test_server.py': mcpTest },
};

/** A working skill with tests and the helper module. `id` as a manifest allows it, so that it fits into every file. */
export function newSkillFiles(id: string, kind: SkillKind): Readonly<Record<string, string>> {
  const own = Object.entries(files[kind]).map(([name, text]): [string, string] => [
    name,
    text.replaceAll('__ID__', id).replaceAll('__NAME__', nameOf(id)),
  ]);
  return Object.fromEntries([...own, ['skillward_skill.py', helper]]);
}

/** `disk-space` becomes `Disk space`. */
function nameOf(id: string): string {
  const words = id.replaceAll(/[-_]+/g, ' ').trim() || id;
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
}
