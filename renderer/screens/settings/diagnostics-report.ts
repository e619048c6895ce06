import type { CommandAnswer } from '../../../shared/contract/index.ts';
import type { HostEnvironment, RuntimeStatus } from '../../../shared/model/runtime.ts';
import { formatBytes, formatDuration, formatLatency } from '../../components/format.ts';

export type HostVersion = CommandAnswer<'host.version'>;

/** The facts about the host, label and value, in the order they are shown. Values are plain text. */
export function hostFacts(
  status: RuntimeStatus,
  version: HostVersion | undefined,
): readonly (readonly [string, string])[] {
  const { skills, storage, eventLoopLagMs: lag } = status;
  const states = (['running', 'healthy', 'degraded', 'failing', 'quarantined', 'broken'] as const)
    .filter((state) => skills[state] > 0)
    .map((state) => `${skills[state]} ${state}`);
  return [
    ['Skillward', version === undefined ? '…' : `${version.version}, ${status.hostKind} host`],
    ['Runs on', version === undefined ? '…' : `Node ${version.node.replace(/^v/, '')}, ${version.platform}`],
    ['Contract', version === undefined ? '…' : `version ${version.contractVersion}`],
    ['Process', `pid ${status.pid}, up ${formatDuration(status.uptimeMs)}`],
    ['Data folder', status.dataDir],
    ['Storage', `${storageWords[storage.mode]}, ${formatBytes(storage.bytes)}`],
    ['Skills', [String(skills.total), ...states].join(', ')],
    ['Memory', formatBytes(status.memoryBytes)],
    ['CPU', `${(status.cpuShare * 100).toFixed(1)} % of one core since it started`],
    [
      'Event loop lag',
      `p50 ${formatLatency(lag.p50)}, p99 ${formatLatency(lag.p99)}, longest ${formatLatency(lag.max)}`,
    ],
  ];
}

const storageWords: Readonly<Record<RuntimeStatus['storage']['mode'], string>> = {
  disk: 'on disk',
  memory: 'in memory only: nothing is kept after the host ends',
  'read-only': 'read-only: the file is from a newer version',
};

/** The same facts and the host's notices as text to paste into a bug report. `nowMs` is epoch ms. */
export function diagnosticsReport(
  status: RuntimeStatus,
  version: HostVersion | undefined,
  nowMs: number,
  environment?: HostEnvironment,
): string {
  const facts = hostFacts(status, version).map(([label, value]) => `${label}: ${value}`);
  const notices = status.notices.map(
    (notice) => `- ${new Date(notice.at).toISOString()} ${notice.level} ${notice.code}: ${notice.message}`,
  );
  return [
    `Skillward diagnostics, ${new Date(nowMs).toISOString()}`,
    ...facts,
    ...(environment === undefined ? [] : environmentFacts(environment)),
    notices.length === 0 ? 'Notices: none' : 'Notices:',
    ...notices,
    '',
  ].join('\n');
}

function environmentFacts({ python, pythonProblem, uv, skillsFolders }: HostEnvironment): string[] {
  return [
    `Python: ${python === null ? pythonProblem : `${python.version}, ${python.path}`}`,
    `uv: ${uv === null ? 'none' : `${uv.version}, ${uv.path}`}`,
    ...skillsFolders.map(
      ({ path, skills, problem }) => `Skills folder: ${path}, ${problem ?? `${skills} found`}`,
    ),
  ];
}
