import type { CommandAnswer, SequencedEvent } from '../../../shared/contract/index.ts';
import type { AppConfig } from '../../../shared/model/config.ts';
import type { Skill } from '../../../shared/model/skill.ts';
import type { Warden } from '../../runtime/warden.ts';

/** Skills and settings as the host publishes them: what tray, menu and badge are drawn from, the same as the window's. */
export class HouseState {
  readonly #skills = new Map<string, Skill>();
  readonly #listeners = new Set<() => void>();
  #config: AppConfig;

  constructor(config: AppConfig) {
    this.#config = config;
  }

  get config(): AppConfig {
    return this.#config;
  }

  /** Until when nothing pops up, epoch ms; null when that is over or was never said. */
  mutedUntil(nowMs: number): number | null {
    const { mutedUntil } = this.#config.notifications;
    return mutedUntil !== null && mutedUntil > nowMs ? mutedUntil : null;
  }

  /** By id, so that a menu does not jump. */
  skills(): readonly Skill[] {
    return [...this.#skills.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  skill(skillId: string): Skill | undefined {
    return this.#skills.get(skillId);
  }

  /** Called after each batch that changed something. */
  onChange(listener: () => void): void {
    this.#listeners.add(listener);
  }

  /** Takes the present state, then follows the events. Slices are whole, so applying one twice does no harm. */
  async follow(warden: Pick<Warden, 'hub' | 'dispatcher'>): Promise<void> {
    warden.hub.subscribe((batch) => this.apply(batch));
    const answer = await warden.dispatcher.dispatch(
      { v: 1, requestId: 'desktop', command: 'state.snapshot', payload: {} },
      { trust: 'operator' },
    );
    if (!answer.ok) return;
    const { skills, settings } = answer.payload as CommandAnswer<'state.snapshot'>;
    for (const skill of skills) this.#skills.set(skill.id, skill);
    this.#config = settings;
    this.#tell();
  }

  apply(batch: readonly SequencedEvent[]): void {
    let changed = false;
    for (const event of batch) {
      if (event.event === 'skill.changed') {
        const { skillId, skill } = event.payload;
        if (skill === null) this.#skills.delete(skillId);
        else this.#skills.set(skillId, skill);
        changed = true;
      } else if (event.event === 'config.changed') {
        this.#config = event.payload.config;
        changed = true;
      }
    }
    if (changed) this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
