import { z } from 'zod';
import { CommandError } from '../../shared/contract/index.ts';
import type { Incident } from '../../shared/model/action.ts';
import type { AppConfigPatch } from '../../shared/model/config.ts';
import type { FixProposal } from '../../shared/model/fix.ts';
import { normalizeError } from '../core/fixes/normalize.ts';
import { type Deed, deedsThatCount, wordsFor } from '../core/fixes/proposal.ts';
import type { CatalogSkill } from '../skills/catalog.ts';
import type { Storage } from '../storage/storage.ts';
import type { EventHub } from './event-hub.ts';
import type { NotificationPolicy } from './notification-policy.ts';
import { changedFiles, readSkillMarks, type SkillMarks, skillMarksSchema } from './skill-marks.ts';

/** So many deeds of one incident are remembered; the later ones matter more. */
const MAX_DEEDS = 20;

const namedDeed = { at: z.number(), names: z.array(z.string()) };
const watchSchema = z.object({
  marks: skillMarksSchema.nullable(),
  deeds: z.array(
    z.discriminatedUnion('kind', [
      z.object({ kind: z.enum(['restarted', 'started', 'released', 'environment']), at: z.number() }),
      z.object({ kind: z.literal('files'), ...namedDeed }),
      z.object({ kind: z.literal('settings'), ...namedDeed }),
    ]),
  ),
});
interface Watch {
  readonly skillId: string;
  readonly marks: SkillMarks | null;
  readonly deeds: readonly Deed[];
}

export interface FixProposalsPorts {
  readonly proposals: Storage['proposals'];
  readonly troubled: Storage['troubled'];
  readonly notifications: NotificationPolicy;
  readonly hub: EventHub;
  nowMs(): number;
  skill(skillId: string): CatalogSkill | undefined;
  /** Incidents that have not ended: what was kept about others is let go. */
  openIncidents(): readonly Incident[];
  /** Whether people want to be told things at all. */
  wanted(): boolean;
  /** An applied fix is what ended it: there is nothing to ask. */
  explained(incident: Incident): boolean;
}

/** Watches what people do about a skill in trouble, and offers to record it when the skill recovers. */
export class FixProposals {
  readonly #ports: FixProposalsPorts;
  readonly #watches = new Map<number, Watch>();
  readonly #proposals = new Map<number, FixProposal>();

  constructor(ports: FixProposalsPorts) {
    this.#ports = ports;
    for (const proposal of ports.proposals.all()) this.#proposals.set(proposal.id, proposal);
    const open = new Set(ports.openIncidents().map((incident) => incident.id));
    for (const { incidentId, skillId, body } of ports.troubled.all()) {
      const watch = watchSchema.safeParse(parsed(body));
      if (open.has(incidentId) && watch.success) this.#watches.set(incidentId, { ...watch.data, skillId });
      else ports.troubled.remove(incidentId);
    }
  }

  /** An incident began: how the skill's files look now is what a later look is compared with. */
  opened({ id, skillId }: Incident): void {
    const skill = this.#ports.skill(skillId);
    this.#keep(id, { skillId, marks: skill === undefined ? null : readSkillMarks(skill), deeds: [] });
  }

  /** A person did something about a skill. */
  did(skillId: string, kind: 'restarted' | 'started' | 'released'): void {
    this.#note(skillId, { kind, at: this.#ports.nowMs() });
  }

  /** Settings were changed: those that can make a skill well are noted for every skill in trouble. */
  settingsChanged(patch: AppConfigPatch): void {
    const general = memberNames({ health: patch.health, restart: patch.restart });
    for (const skillId of new Set([...this.#watches.values()].map((watch) => watch.skillId))) {
      const names = [...general, ...memberNames(patch.overrides?.[skillId] ?? {})];
      if (names.length > 0) this.#note(skillId, { kind: 'settings', at: this.#ports.nowMs(), names });
    }
  }

  /** The skill is well again: asks about the incident seen last, if a person had a hand in its end. */
  recovered(ended: readonly Incident[]): void {
    const incident = [...ended].sort((a, b) => a.lastSeenAt - b.lastSeenAt).at(-1);
    const explained = ended.some((one) => this.#ports.explained(one));
    if (incident !== undefined && !explained) this.#propose(incident);
    this.forget(ended);
  }

  /** These incidents ended without a recovery (taken out of service): nothing to ask about. */
  forget(ended: readonly Incident[]): void {
    for (const { id } of ended) {
      if (this.#watches.delete(id)) this.#ports.troubled.remove(id);
    }
  }

  /** Offers nobody has answered yet, newest first. */
  open(): FixProposal[] {
    return [...this.#proposals.values()].filter((proposal) => proposal.state === 'open').reverse();
  }

  /** Throws `CommandError` `not_found`. */
  get(proposalId: number): FixProposal {
    const proposal = this.#proposals.get(proposalId);
    if (proposal === undefined) throw new CommandError('not_found', `There is no proposal ${proposalId}.`);
    return proposal;
  }

  /** A fix was recorded: whoever asks about this error or this incident has his answer. */
  recorded(signature: string, incidentId: number | undefined): void {
    for (const proposal of this.open()) {
      if (proposal.incidentId === incidentId || normalizeError(proposal.error) === signature)
        this.answer(proposal.id, 'recorded');
    }
  }

  /** A person answered. Answering again changes nothing. Throws `CommandError` `not_found`. */
  answer(proposalId: number, state: 'recorded' | 'dismissed'): FixProposal {
    const proposal = this.get(proposalId);
    if (proposal.state !== 'open') return proposal;
    const answered: FixProposal = { ...proposal, state };
    this.#ports.proposals.update(answered);
    this.#tell(answered);
    return answered;
  }

  #propose(incident: Incident): void {
    const { notifications, nowMs, proposals } = this.#ports;
    const watch = this.#watches.get(incident.id);
    if (watch === undefined) return;
    const deeds = deedsThatCount([...watch.deeds, ...this.#seenOnDisk(watch)], incident.lastSeenAt);
    if (deeds.length === 0) return;
    const proposal = proposals.add({
      incidentId: incident.id,
      skillId: incident.skillId,
      error: incident.error,
      suggestion: wordsFor(deeds),
      at: nowMs(),
      state: 'open',
    });
    this.#tell(proposal);
    if (!this.#ports.wanted()) return;
    const name = this.#ports.skill(incident.skillId)?.name ?? incident.skillId;
    notifications.say({
      level: 'info',
      title: `What mended ${name}?`,
      body: `It is well again. You seem to have: ${proposal.suggestion}. Record it, and it is suggested next time.`,
      skillId: incident.skillId,
      proposalId: proposal.id,
    });
  }

  /** What changed on disk since the incident began, whoever noticed. */
  #seenOnDisk({ marks, skillId }: Watch): Deed[] {
    const skill = this.#ports.skill(skillId);
    if (marks === null || skill === undefined) return [];
    const now = readSkillMarks(skill);
    const names = changedFiles(marks, now);
    const at = this.#ports.nowMs();
    return [
      ...(names.length === 0 ? [] : [{ kind: 'files' as const, at, names }]),
      ...(now.environment === marks.environment ? [] : [{ kind: 'environment' as const, at }]),
    ];
  }

  #note(skillId: string, deed: Deed): void {
    for (const [incidentId, watch] of this.#watches) {
      if (watch.skillId !== skillId) continue;
      const deeds = [...watch.deeds, deed].slice(-MAX_DEEDS);
      this.#keep(incidentId, { ...watch, deeds });
    }
  }

  #keep(incidentId: number, watch: Watch): void {
    this.#watches.set(incidentId, watch);
    const { skillId, ...body } = watch;
    this.#ports.troubled.put({ incidentId, skillId, body: JSON.stringify(body) });
  }

  #tell(proposal: FixProposal): void {
    this.#proposals.set(proposal.id, proposal);
    this.#ports.hub.publish('fix.proposal', { proposal }, String(proposal.id));
  }
}

/** `section.member` for everything a patch sets. */
function memberNames(sections: Readonly<Record<string, object | null | undefined>>): string[] {
  return Object.entries(sections).flatMap(([section, members]) =>
    Object.keys(members ?? {}).map((member) => `${section}.${member}`),
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
