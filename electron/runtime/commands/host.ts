import { CONTRACT_VERSION, type CommandAnswer } from '../../../shared/contract/index.ts';
import type { Handlers } from '../dispatcher.ts';
import type { Rooms } from '../rooms.ts';

const NOTICES_IN_SNAPSHOT = 100;

export function hostCommands(rooms: Rooms) {
  return {
    'host.ping': () => ({ pong: true as const }),
    'host.version': () => ({
      name: 'skillward' as const,
      version: rooms.host.version,
      contractVersion: CONTRACT_VERSION,
      hostKind: rooms.host.kind,
      node: process.versions.node,
      platform: `${process.platform}-${process.arch}`,
    }),
    'runtime.status': () => rooms.status(),
    'state.snapshot': () => snapshotOf(rooms),
    'host.environment': () => rooms.environment.read(),
    'notification.test': () => ({
      notice: rooms.tell({
        level: 'info',
        title: 'A test of Skillward',
        body: 'You asked for it in the settings. When a skill needs you, you hear of it like this.',
        skillId: null,
        key: 'test',
      }),
    }),
  } satisfies Partial<Handlers>;
}

/** Everything a dashboard shows. */
export function snapshotOf(rooms: Rooms): CommandAnswer<'state.snapshot'> {
  // Everything pending leaves first, so that the snapshot is never behind its own number.
  rooms.hub.flush();
  return {
    seq: rooms.hub.seq,
    skills: rooms.view.all(),
    tasks: [...rooms.tasks.list()],
    incidents: rooms.incidents.open(),
    notices: rooms.storage.noticeLog.list(NOTICES_IN_SNAPSHOT),
    settings: rooms.settings.get(),
    host: rooms.status(),
  };
}
