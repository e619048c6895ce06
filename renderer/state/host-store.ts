import { create } from 'zustand';
import type { SequencedEvent } from '../../shared/contract/index.ts';
import type { Incident } from '../../shared/model/action.ts';
import type { Skill } from '../../shared/model/skill.ts';
import type { ConnectionState } from '../bridge/connection.ts';
import { applyEvents, withIncident, withSkill } from './apply.ts';
import { emptyHostData, type HostData } from './host-state.ts';
import { openingRangeOf, type RangeId } from './ranges.ts';

export interface HostStore extends HostData {
  readonly connection: ConnectionState;
  /** Why the host, although connected, does not tell its state; null while it does. */
  readonly problem: string | null;
  /** Decided by the first snapshot and kept, so that no chart changes its range by itself. */
  readonly openingRange: RangeId | null;
  setConnection(connection: ConnectionState): void;
  setProblem(problem: string | null): void;
  replace(data: HostData): void;
  apply(batch: readonly SequencedEvent[], now: number): void;
  /** Takes over a skill from a command's answer, unless an event has already told of it. */
  putSkill(skill: Skill): void;
  /** Takes over an incident from a command's answer. */
  putIncident(incident: Incident): void;
}

/** The page's copy of the host's state. Only `sync.ts` and answers of commands write to it. */
export const useHost = create<HostStore>()((set) => ({
  ...emptyHostData,
  connection: { kind: 'connecting' },
  problem: null,
  openingRange: null,
  setConnection: (connection) => set({ connection }),
  setProblem: (problem) => set({ problem }),
  replace: (data) =>
    set((state) => ({
      ...data,
      openingRange: state.openingRange ?? openingRangeOf(Object.values(data.skills)),
    })),
  apply: (batch, now) => set((state) => applyEvents(state, batch, now)),
  putSkill: (skill) => set((state) => withSkill(state, skill.id, skill)),
  putIncident: (incident) => set((state) => withIncident(state, incident)),
}));

/** One skill, or undefined when the catalog does not have it. */
export function useSkill(skillId: string): Skill | undefined {
  return useHost((state) => state.skills[skillId]);
}
