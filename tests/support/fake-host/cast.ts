import type { HealthCheckOutcome } from '../../../shared/model/health.ts';

export type Role =
  | 'ok'
  | 'failing'
  | 'quarantined'
  | 'degraded'
  | 'restarting'
  | 'paused'
  | 'disabled'
  | 'broken'
  | 'new';

/** One skill of the fake host: what it is and how it behaves. */
export interface CastMember {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly role: Role;
  /** Typical latency, ms. */
  readonly latencyMs: number;
  readonly intervalSecs: number;
  readonly protocol?: 'mcp';
  readonly error?: string;
}

export const cast: readonly CastMember[] = [
  {
    id: 'weather-cache',
    name: 'Weather cache',
    description: 'Keeps the forecast of three places',
    role: 'ok',
    latencyMs: 41,
    intervalSecs: 300,
  },
  {
    id: 'channel-discord',
    name: 'Discord channel',
    description: 'Reads and answers one Discord channel',
    role: 'failing',
    latencyMs: 38,
    intervalSecs: 30,
    error: 'httpx.ConnectError: [Errno -2] Name or service not known',
  },
  {
    id: 'invoice-reader',
    name: 'Invoice reader',
    description: 'Reads invoices from a mailbox',
    role: 'quarantined',
    latencyMs: 620,
    intervalSecs: 300,
    error: 'ValueError: token expired (401) for https://api.example.org/v2/invoices/88213?page=4',
  },
  {
    id: 'rss-digest',
    name: 'RSS digest',
    description: 'Sums up forty feeds',
    role: 'degraded',
    latencyMs: 1900,
    intervalSecs: 60,
  },
  {
    id: 'calendar-sync',
    name: 'Calendar sync',
    description: 'Mirrors two calendars',
    role: 'ok',
    latencyMs: 22,
    intervalSecs: 120,
  },
  {
    id: 'home-sensors',
    name: 'Home sensors',
    description: 'Reads temperature and humidity',
    role: 'ok',
    latencyMs: 9,
    intervalSecs: 60,
  },
  {
    id: 'mail-triage',
    name: 'Mail triage',
    description: 'Sorts new mail into folders',
    role: 'restarting',
    latencyMs: 130,
    intervalSecs: 60,
    error: 'exit code 1: ConnectionResetError: [Errno 104] Connection reset by peer',
  },
  {
    id: 'photo-index',
    name: 'Photo index',
    description: 'Finds faces and places',
    role: 'paused',
    latencyMs: 240,
    intervalSecs: 300,
  },
  {
    id: 'mcp-filesystem',
    name: 'Filesystem (MCP)',
    description: 'Files of one folder for assistants',
    role: 'ok',
    latencyMs: 2.4,
    intervalSecs: 120,
    protocol: 'mcp',
  },
  {
    id: 'price-watch',
    name: 'Price watch',
    description: 'Follows a dozen prices',
    role: 'ok',
    latencyMs: 310,
    intervalSecs: 300,
  },
  {
    id: 'backup-report',
    name: 'Backup report',
    description: 'Tells whether last night’s backup is whole',
    role: 'new',
    latencyMs: 60,
    intervalSecs: 300,
  },
  {
    id: 'ticket-bot',
    name: 'ticket-bot',
    description: '',
    role: 'broken',
    latencyMs: 0,
    intervalSecs: 300,
  },
];

/** 200 skills, mostly well, for speed and for many-failing pictures. */
export function crowd(count: number): readonly CastMember[] {
  const roles: readonly Role[] = [
    'ok',
    'ok',
    'ok',
    'ok',
    'ok',
    'ok',
    'degraded',
    'ok',
    'ok',
    'failing',
    'ok',
    'paused',
    'ok',
    'quarantined',
  ];
  return Array.from({ length: count }, (_, index) => ({
    id: `skill-${String(index + 1).padStart(3, '0')}`,
    name: `Skill ${index + 1}`,
    description: 'One of many',
    role: roles[index % roles.length] ?? 'ok',
    latencyMs: 5 + ((index * 37) % 400),
    intervalSecs: 600 + ((index * 13) % 270),
    error: 'TimeoutError: no answer within 10 s',
  }));
}

/** What a check of this skill finds `ageMs` before now. */
export function outcomeAt(member: CastMember, ageMs: number, chance: number): HealthCheckOutcome {
  const minutes = ageMs / 60_000;
  const error = member.error ?? 'RuntimeError: something went wrong';
  switch (member.role) {
    case 'failing':
      if (minutes < 100) return { kind: 'failed', error };
      return chance < 0.015 ? { kind: 'degraded', detail: 'answered in 6.1 s' } : { kind: 'healthy' };
    case 'quarantined':
      if (minutes < 150) return { kind: 'failed', error };
      return chance < 0.02 ? { kind: 'degraded', detail: 'answered in 5.4 s' } : { kind: 'healthy' };
    case 'degraded':
      if (minutes < 120 || chance < 0.03)
        return { kind: 'degraded', detail: '12 of 40 feeds did not answer' };
      return chance > 0.999
        ? { kind: 'failed', error: 'ssl.SSLError: certificate has expired' }
        : { kind: 'healthy' };
    case 'restarting':
      if (minutes < 3 || chance < 0.004) return { kind: 'unreachable', reason: error, cause: 'exit' };
      return { kind: 'healthy' };
    case 'ok':
    case 'paused':
    case 'disabled':
    case 'broken':
    case 'new':
      return chance < 0.003 ? { kind: 'degraded', detail: 'answered in 5.2 s' } : { kind: 'healthy' };
  }
}
