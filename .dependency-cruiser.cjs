// The import rules of DESIGN.md section 2. `scripts/boundaries.mjs` runs them and fails when nothing was seen.
const only = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { path: '^(electron|renderer|shared)/', pathNot: allowed },
});

module.exports = {
  forbidden: [
    only('shared-imports-nothing', '^shared/', '^shared/', 'shared depends on nothing of ours'),
    only('core-only-shared', '^electron/core/', '^(electron/core|shared)/', 'core is pure: only shared'),
    {
      name: 'core-no-builtins',
      severity: 'error',
      from: { path: '^electron/core/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'core-no-packages',
      severity: 'error',
      from: { path: '^electron/core/' },
      to: { path: '^node_modules/' },
    },
    {
      name: 'shared-no-builtins',
      severity: 'error',
      from: { path: '^shared/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'shared-only-zod',
      severity: 'error',
      from: { path: '^shared/' },
      to: { path: '^node_modules/', pathNot: '^node_modules/zod/' },
    },
    only('skills-layer', '^electron/skills/', '^(electron/(skills|core)|shared)/', 'skills -> core, shared'),
    only(
      'storage-layer',
      '^electron/storage/',
      '^(electron/(storage|core)|shared)/',
      'storage -> core, shared',
    ),
    only('fleet-layer', '^electron/fleet/', '^(electron/(fleet|core)|shared)/', 'fleet -> core, shared'),
    {
      name: 'nats-in-fleet',
      severity: 'error',
      from: { path: '^(electron|renderer|shared)/', pathNot: '^electron/fleet/' },
      to: { path: '^node_modules/@nats-io/' },
    },
    {
      name: 'nats-late',
      comment: 'who is in no fleet never loads the client: values of it come from nats.ts',
      severity: 'error',
      from: { path: '^electron/fleet/', pathNot: '^electron/fleet/nats\\.ts$' },
      to: { path: '^node_modules/@nats-io/', dependencyTypesNot: ['type-only'] },
    },
    only(
      'telemetry-layer',
      '^electron/telemetry/',
      '^(electron/(telemetry|core)|shared)/',
      'telemetry -> core, shared',
    ),
    {
      name: 'opentelemetry-in-telemetry',
      severity: 'error',
      from: {
        path: '^(electron|renderer|shared)/',
        pathNot: '^electron/telemetry/(pipeline|collector|scrape-reader|instruments)\\.ts$',
      },
      to: { path: '^node_modules/@opentelemetry/' },
    },
    {
      name: 'opentelemetry-late',
      comment: 'who never turns metrics on never loads OpenTelemetry',
      severity: 'error',
      from: {
        path: '^electron/',
        pathNot: '^electron/telemetry/(pipeline|collector|scrape-reader|instruments)\\.ts$',
      },
      to: {
        path: '^electron/telemetry/(pipeline|collector|scrape-reader|instruments)\\.ts$',
        dynamic: false,
      },
    },
    only(
      'runtime-layer',
      '^electron/runtime/',
      '^(electron/(runtime|fleet|telemetry|skills|storage|core)|shared)/',
      'runtime -> the rooms below',
    ),
    only('security-layer', '^electron/security/', '^(electron/security|shared)/', 'security -> shared'),
    only(
      'hosts-layer',
      '^electron/hosts/',
      '^(electron/(hosts|runtime|security)|shared)/',
      'hosts -> runtime, security, shared',
    ),
    only(
      'headless-not-desktop',
      '^electron/hosts/headless/',
      '^(electron/(hosts/headless|hosts/common|runtime|security)|shared)/',
      'the hosts do not know each other',
    ),
    only(
      'desktop-not-headless',
      '^electron/hosts/desktop/',
      '^(electron/(hosts/desktop|hosts/common|runtime|security)|shared)/',
      'the hosts do not know each other',
    ),
    only('renderer-only-shared', '^renderer/', '^(renderer|shared)/', 'renderer -> shared'),
    {
      name: 'renderer-no-builtins',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'screens-apart',
      comment: 'screens never import each other',
      severity: 'error',
      from: { path: '^renderer/screens/([^/]+)/' },
      to: { path: '^renderer/screens/', pathNot: '^renderer/screens/$1/' },
    },
    {
      name: 'one-execa',
      severity: 'error',
      from: { path: '^(electron|renderer|shared)/', pathNot: '^electron/skills/spawn\\.ts$' },
      to: { path: '^node_modules/execa/' },
    },
    {
      name: 'one-sqlite',
      severity: 'error',
      from: { path: '^(electron|renderer|shared)/', pathNot: '^electron/storage/database\\.ts$' },
      to: { path: '^(node:)?sqlite$' },
    },
    {
      name: 'electron-only-in-hosts',
      severity: 'error',
      from: {
        path: '^(electron|renderer|shared)/',
        pathNot: '^electron/(main|preload)\\.ts$|^electron/(hosts/desktop|security)/',
      },
      to: { path: '^(node_modules/electron(/|$)|electron$)' },
    },
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'resolvable',
      severity: 'error',
      from: { path: '^(electron|renderer|shared)/' },
      to: { couldNotResolve: true, pathNot: '^electron$' },
    },
    only(
      'cli-layer',
      '^electron/cli/',
      '^(electron/(cli|hosts/common)|shared)/',
      'the CLI talks to a host over its socket',
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'renderer/tsconfig.json' },
    moduleSystems: ['es6', 'cjs'],
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.css', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
    },
  },
};
