import type { CommandName } from '../../../shared/contract/index.ts';
import type { FleetRole } from '../../../shared/model/fleet.ts';

/** Who of the fleet may ask for a command: whoever may look, only those this host takes orders from, or nobody. */
export type FleetPermission = 'view' | 'operate' | 'never';

/**
 * What every command of the contract is to other hosts. A command that is not here does not compile.
 *
 * `view` only reads, and what it answers names no folder of this machine and no secret (what-leaves.ts). `operate` is
 * supervision: starting, stopping, judging, remembering. Everything that brings code or settings here, speaks to a skill
 * in its own words, asks for this machine's files or secrets, or takes away what was learnt stays with its owner.
 */
export const fleetPermissions = {
  'host.ping': 'view',
  'host.version': 'view',
  'runtime.status': 'view',
  'state.snapshot': 'view',
  'config.get': 'view',
  'skill.list': 'view',
  'skill.versions': 'view',
  'skill.health.status': 'view',
  'history.query': 'view',
  'history.checks': 'view',
  'history.heartbeats': 'view',
  'action.list': 'view',
  'incident.list': 'view',
  'incident.get': 'view',
  'logs.read': 'view',
  'logs.export': 'view',
  'fix.list': 'view',
  'fix.match': 'view',
  'fix.history': 'view',
  'fix.trials': 'view',
  'fix.proposals': 'view',
  'fix.export': 'view',
  'scheduler.list': 'view',
  'scheduler.history': 'view',
  'scheduler.preview': 'view',

  'skills.reload': 'operate',
  'skill.start': 'operate',
  'skill.stop': 'operate',
  'skill.restart': 'operate',
  'skill.disable': 'operate',
  'skill.activate': 'operate',
  'skill.quarantine': 'operate',
  'skill.release': 'operate',
  'skill.health.check': 'operate',
  // It only reads, but asks the skill's own process to answer.
  'skill.tools': 'operate',
  'incident.ack': 'operate',
  'incident.mute': 'operate',
  'incident.resolve': 'operate',
  'incident.reopen': 'operate',
  'fix.record': 'operate',
  'fix.feedback': 'operate',
  'fix.update': 'operate',
  'fix.apply': 'operate',
  'fix.proposals.dismiss': 'operate',
  'scheduler.trigger_now': 'operate',

  // A skill does with a call what it likes: the host could not say what it lets others do.
  'skill.invoke': 'never',
  'scheduler.create': 'never',
  'scheduler.update': 'never',
  'scheduler.delete': 'never',
  'skill.stage': 'never',
  'skill.inspect': 'never',
  'skill.install': 'never',
  'skill.remove': 'never',
  'skill.rollback': 'never',
  'import.sources': 'never',
  'import.preview': 'never',
  'import.apply': 'never',
  'environment.plan': 'never',
  'environment.create': 'never',
  'environment.cancel': 'never',
  'credential.list': 'never',
  'credential.set': 'never',
  'credential.clear': 'never',
  'config.patch': 'never',
  'config.export': 'never',
  'config.import': 'never',
  'host.environment': 'never',
  'notification.test': 'never',
  'fix.delete': 'never',
  'fix.merge': 'never',
  'fix.import': 'never',
  'fix.advice.preview': 'never',
  'fix.advice.request': 'never',
  'fix.advice.cancel': 'never',
  'fix.advice.key': 'never',
  'fleet.status': 'never',
  'fleet.join': 'never',
  'fleet.leave': 'never',
  'fleet.doctor': 'never',
  'fleet.watch': 'never',
  'fleet.follow': 'never',
  'fleet.call': 'never',
  'fleet.call_many': 'never',
  'events.subscribe': 'never',
} as const satisfies Readonly<Record<CommandName, FleetPermission>>;

export interface FleetRequest {
  readonly command: CommandName;
  readonly payload: unknown;
  /** The subject it came on: a broker can let an account ask on one of them only. */
  readonly subject: 'view' | 'operate';
}

/** Why this host does not carry a request out, in one sentence; null when it does. */
export function refusalOf({ command, payload, subject }: FleetRequest, role: FleetRole): string | null {
  const permission: FleetPermission = fleetPermissions[command];
  if (permission === 'never')
    return `${command} is not carried out for other hosts: do it on this machine, or in its own dashboard.`;
  if (permission === 'view') return null;
  if (subject === 'view')
    return `${command} changes something, so it is not taken where hosts are only looked at (the subject "view").`;
  if (role !== 'operator')
    return 'This host lets others of its fleet look, not change anything. Its owner can allow it: skillward fleet join … --role operator.';
  if (grantsAutomation(payload))
    return 'That a fix is applied without asking is allowed on this machine only: leave autoApply out.';
  return null;
}

/** Letting a fix act by itself is a permission, and permissions are given by the owner of the machine they are for. */
function grantsAutomation(payload: unknown): boolean {
  return (
    typeof payload === 'object' &&
    payload !== null &&
    Object.hasOwn(payload, 'autoApply') &&
    (payload as { autoApply: unknown }).autoApply !== false
  );
}
