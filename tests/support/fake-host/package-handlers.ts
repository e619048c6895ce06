import { CommandError } from '../../../shared/contract/index.ts';
import type { CredentialState } from '../../../shared/model/credential.ts';
import type { ImportServer } from '../../../shared/model/mcp-import.ts';
import type { PackageFacts, PackageVersion } from '../../../shared/model/package.ts';
import type { Skill } from '../../../shared/model/skill.ts';
import type { Handlers } from './handlers.ts';
import { skillOf } from './skills.ts';
import type { World } from './world.ts';

const DAY = 86_400_000;
const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

const servers: readonly ImportServer[] = [
  {
    name: 'filesystem',
    skillId: 'filesystem',
    command: 'npx',
    args: ['-y', '@modelcontextprotocol/server-filesystem', '~/Documents'],
    cwd: null,
    env: [],
    runtime: 'node',
    problem: null,
  },
  {
    name: 'Company search',
    skillId: 'company-search',
    command: 'python3',
    args: ['-m', 'company_search', '--limit', '20'],
    cwd: '~/src/search',
    env: [
      { name: 'SEARCH_URL', shown: 'https://search.example.org', secret: false },
      { name: 'SEARCH_API_KEY', shown: '••••••••', secret: true },
    ],
    runtime: 'python',
    problem: null,
  },
  {
    name: 'issue-tracker',
    skillId: 'issue-tracker',
    command: '',
    args: [],
    cwd: null,
    env: [],
    runtime: 'other',
    problem: 'It is reached at a URL: Skillward supervises programs on this machine.',
  },
];

/** Installing, credentials, environments and imports as far as the screens can tell. */
export function packageHandlers(world: World): Handlers {
  const credentials = new Map<string, CredentialState[]>();
  const versions = new Map<string, PackageVersion[]>();
  const staged = new Map<string, PackageFacts>();
  let cancelled = '';

  function credentialsOf(skillId: string): CredentialState[] {
    const known = credentials.get(skillId) ?? declared(skillId);
    credentials.set(skillId, known);
    return known;
  }
  function change(skillId: string, name: string, source: CredentialState['source']) {
    const next = credentialsOf(skillId).map((one) => (one.name === name ? { ...one, source } : one));
    credentials.set(skillId, next);
    const credential = next.find((one) => one.name === name);
    if (credential === undefined) throw new CommandError('not_found', `${skillId} declares no “${name}”.`);
    const skill = world.skills.get(skillId);
    const missing = next.filter((one) => one.required && one.source === 'missing').map((one) => one.name);
    if (skill !== undefined) {
      const { credentialsMissing: _before, ...rest } = skill;
      world.putSkill(missing.length === 0 ? rest : { ...rest, credentialsMissing: missing });
    }
    world.act(source === 'stored' ? 'setCredential' : 'clearCredential', skillId, 'user', name);
    return { credential };
  }
  function add(id: string, name: string, over: Partial<Skill>): Skill {
    const member = { id, name, description: '', role: 'new' as const, latencyMs: 12, intervalSecs: 30 };
    const skill = { ...skillOf(member, Date.now(), world.skills.size), ...over };
    world.putSkill(skill);
    return skill;
  }

  return {
    'skill.stage': async ({ files }) => {
      await wait(200);
      const stagingId = `staged-${staged.size + 1}`;
      const facts = factsOf(files.map((file) => file.path));
      staged.set(stagingId, facts);
      return { stagingId, facts };
    },
    'skill.inspect': ({ stagingId }) => {
      const facts = staged.get(stagingId ?? '');
      if (facts === undefined)
        throw new CommandError('not_found', 'That package is gone: hand it over again.');
      return { facts };
    },
    'skill.install': async ({ stagingId }) => {
      await wait(900);
      const facts = staged.get(stagingId ?? '');
      if (facts?.id == null) throw new CommandError('not_found', 'That package is gone: hand it over again.');
      const versionId = `${facts.version}-${Date.now()}`;
      const skill = add(facts.id, facts.name, {
        version: facts.version,
        installed: { versionId, linked: false, at: Date.now() },
      });
      return { skill, versionId, updated: facts.standing === 'update' };
    },
    'skill.remove': async ({ skillId }) => {
      await wait(400);
      world.skills.delete(skillId);
      world.publish('skill.changed', { skillId, skill: null });
      return { removed: true, skillId };
    },
    'skill.versions': ({ skillId }) => {
      const known = versions.get(skillId) ?? kept(world.skills.get(skillId));
      versions.set(skillId, known);
      return { versions: known };
    },
    'skill.rollback': async ({ skillId, versionId = '' }) => {
      await wait(600);
      const known = (versions.get(skillId) ?? []).map((one) => ({
        ...one,
        current: one.versionId === versionId,
      }));
      versions.set(skillId, known);
      const skill = world.skills.get(skillId);
      const version = known.find((one) => one.current)?.version;
      if (skill === undefined || version === undefined)
        throw new CommandError('not_found', 'There is no such version.');
      const next = { ...skill, version };
      world.putSkill(next);
      world.act('rollbackSkill', skillId, 'user', `back to ${version}`);
      return { skill: next, versionId };
    },
    'skill.tools': () => ({ tools: [...tools] }),
    'import.sources': () => ({
      sources: [
        {
          sourceId: 'desktop',
          client: 'Claude Desktop',
          path: '~/.config/Claude/claude_desktop_config.json',
          servers: servers.length,
          problem: null,
        },
        {
          sourceId: 'editor',
          client: 'Cursor',
          path: '~/.cursor/mcp.json',
          servers: 0,
          problem: 'Line 4 is not JSON: a comma is missing.',
        },
      ],
    }),
    'import.preview': async ({ text }) => {
      await wait(200);
      if (text !== undefined && !text.includes('mcpServers'))
        throw new CommandError('invalid_payload', 'There is no “mcpServers” in this text.');
      return { client: text === undefined ? 'Claude Desktop' : 'Pasted text', servers: [...servers] };
    },
    'import.apply': async ({ names }) => {
      await wait(700);
      const chosen = servers.filter((server) => names.includes(server.name));
      return {
        skills: chosen.map((server) => add(server.skillId, server.name, { protocol: 'mcp' })),
        refused: [],
      };
    },
    'environment.plan': ({ skillId }) => ({
      steps: [
        ['uv', 'venv', `~/skills/${skillId}/.venv`],
        ['uv', 'pip', 'install', '--python', `~/skills/${skillId}/.venv`, 'httpx>=0.27', 'feedparser'],
      ],
      dependencies: ['httpx>=0.27', 'feedparser'],
      folder: `~/skills/${skillId}/.venv`,
    }),
    'environment.create': ({ skillId }) => {
      const jobId = `job-${Date.now()}`;
      void playJob(world, jobId, skillId, () => cancelled === jobId);
      return { jobId };
    },
    'environment.cancel': ({ jobId }) => {
      cancelled = jobId;
      return { cancelled: true };
    },
    'credential.list': ({ skillId }) => ({
      credentials: skillId === undefined ? [...credentials.values()].flat() : credentialsOf(skillId),
      keptIn: 'an encrypted file',
    }),
    'credential.set': ({ skillId, name }) => change(skillId, name, 'stored'),
    'credential.clear': ({ skillId, name }) => change(skillId, name, 'missing'),
  };
}

async function playJob(world: World, jobId: string, skillId: string, isCancelled: () => boolean) {
  const lines = ['$ uv venv .venv', 'Using Python 3.12.3', '$ uv pip install', 'Resolved 9 packages in 84ms'];
  let offset = 0;
  for (const line of [...lines, 'Installed 9 packages in 12ms']) {
    await wait(400);
    if (isCancelled()) break;
    const text = `${line}\n`;
    world.publish('environment.output', { jobId, skillId, offset, text });
    offset += text.length;
  }
  const end = isCancelled() ? 'cancelled' : 'done';
  world.publish('environment.output', { jobId, skillId, offset, text: '', end });
}

function declared(skillId: string): CredentialState[] {
  const base = { skillId, description: 'Token of the bot account', required: true };
  return [
    { ...base, name: 'bot_token', envVar: 'BOT_TOKEN', source: 'missing' },
    {
      ...base,
      name: 'api_key',
      envVar: 'API_KEY',
      description: 'Key of the search service',
      source: 'stored',
    },
    { ...base, name: 'region', envVar: 'REGION', description: '', required: false, source: 'default' },
  ];
}

function kept(skill: Skill | undefined): PackageVersion[] {
  const base = { linked: false, current: false };
  const now = Date.now();
  return [
    {
      ...base,
      versionId: 'c',
      version: skill?.version ?? '1.2.0',
      installedAt: now,
      healthyAt: null,
      current: true,
    },
    { ...base, versionId: 'b', version: '1.1.0', installedAt: now - 9 * DAY, healthyAt: now - 3_600_000 },
    { ...base, versionId: 'a', version: '1.0.0', installedAt: now - 40 * DAY, healthyAt: null },
  ];
}

function factsOf(paths: readonly string[]): PackageFacts {
  const folder = paths[0]?.split('/')[0]?.replace(/\.py$/, '') ?? 'skill';
  const id = folder.toLowerCase().replaceAll(/[^a-z0-9_-]+/g, '-');
  const complete = paths.some((path) => /manifest\.toml$|\.py$/.test(path));
  return {
    id: complete ? id : null,
    name: folder,
    version: '1.3.0',
    description: 'Reads the feeds and posts what is new.',
    protocol: 'skill',
    mode: 'daemon',
    command: ['uv', 'run', '--script', 'skill.py'],
    dependencies: ['httpx>=0.27', 'feedparser'],
    credentials: [
      { name: 'bot_token', envVar: 'BOT_TOKEN', description: 'Token of the bot account', required: true },
    ],
    files: paths.length,
    bytes: 18_400,
    findings: complete
      ? [
          {
            level: 'warning',
            file: 'skill.py',
            line: 12,
            message: 'it prints on standard output, which belongs to the protocol: write to standard error',
          },
        ]
      : [
          {
            level: 'error',
            file: 'manifest.toml',
            line: null,
            message: 'there is no manifest.toml in this folder',
          },
        ],
    standing: 'new',
  };
}

const tools = [
  {
    name: 'search_documents',
    description: 'Searches the documents of the company and gives the best matches, newest first.',
    inputSchema: {
      type: 'object',
      properties: {
        query: { type: 'string', description: 'Words to look for' },
        limit: { type: 'integer', description: 'At most so many', default: 10 },
        order: { type: 'string', enum: ['relevance', 'date'] },
        archived: { type: 'boolean', description: 'Look into the archive too' },
        filters: { type: 'object', description: 'Anything the index knows' },
      },
      required: ['query'],
    },
  },
  {
    name: 'list_collections',
    description: 'Names the collections.',
    inputSchema: { type: 'object', properties: {} },
  },
  { name: 'reindex', description: null, inputSchema: { $ref: '#/$defs/anything' } },
];
