import type { CredentialState } from '../../shared/model/credential.ts';
import { secretForms } from '../core/redaction/secret-forms.ts';
import type { CatalogSkill } from '../skills/catalog.ts';
import type { CredentialSpec } from '../skills/manifest.ts';
import type { CredentialStore } from '../storage/credentials/credential-store.ts';

export type { SealedText, Sealer } from '../storage/credentials/sealer.ts';

/** How many values that were once handed out to a skill are still masked; an older one is long out of its logs. */
const MOST_KNOWN = 50;

export interface CredentialDeskPorts {
  readonly store: CredentialStore;
  readonly hostEnv: Readonly<Record<string, string | undefined>>;
  /** Every skill of the catalog. */
  skills(): readonly CatalogSkill[];
}

/** Pairs what skills declare with what people entered or the host was started with, and knows what must be masked. */
export class CredentialDesk {
  readonly #ports: CredentialDeskPorts;
  /** By skill: every value it was given in this host's life, newest last. */
  readonly #handedOut = new Map<string, Set<string>>();
  readonly #forms = new Map<string, readonly string[]>();

  constructor(ports: CredentialDeskPorts) {
    this.#ports = ports;
  }

  get keptIn(): string {
    return this.#ports.store.keptIn;
  }

  /** Of one skill, or of all. */
  list(skillId?: string): CredentialState[] {
    return this.#ports
      .skills()
      .filter(({ id }) => skillId === undefined || id === skillId)
      .flatMap((skill) => declared(skill).map((spec) => this.#state(skill.id, spec)));
  }

  /** What a skill is started with, by name: what was entered, else what the host's environment has. */
  forLaunch(skill: CatalogSkill): Readonly<Record<string, string>> {
    const given: Record<string, string> = {};
    const stored = this.#ports.store.values(skill.id);
    for (const { name, envVar } of declared(skill)) {
      const value = (Object.hasOwn(stored, name) ? stored[name] : undefined) || this.#ports.hostEnv[envVar];
      if (value !== undefined && value !== '') given[name] = value;
    }
    this.#remember(skill.id, Object.values(given));
    return given;
  }

  /** Names of required credentials that nothing gives a value to. */
  missing(skill: CatalogSkill): string[] {
    return declared(skill)
      .filter((spec) => spec.required && this.#state(skill.id, spec).source === 'missing')
      .map(({ name }) => name);
  }

  /** Keeps a value; a running skill gets it at its next start. Throws `CommandError`; then nothing has changed. */
  async set(skillId: string, name: string, value: string): Promise<void> {
    const before = this.#ports.store.values(skillId)[name];
    // Before it is kept: from its first moment on it must not be shown, and the one before may still be in use.
    this.#remember(skillId, before === undefined ? [value] : [before, value]);
    await this.#ports.store.set(skillId, name, value);
  }

  /** Resolves with whether there was one. Throws like `set`. */
  clear(skillId: string, name: string): Promise<boolean> {
    this.#remember(skillId, Object.values(this.#ports.store.values(skillId)));
    return this.#ports.store.clear(skillId, name);
  }

  forget(skillId: string): Promise<void> {
    return this.#ports.store.forget(skillId);
  }

  /** What must be masked in everything the skill says: its values, also earlier ones, in each form they may be written in. */
  secrets(skillId: string): readonly string[] {
    return this.#forms.get(skillId) ?? [];
  }

  #state(
    skillId: string,
    { name, envVar, description, required, default: preset }: CredentialSpec,
  ): CredentialState {
    const stored = Object.hasOwn(this.#ports.store.values(skillId), name);
    const inherited = (this.#ports.hostEnv[envVar] ?? '') !== '';
    const hasDefault = (preset ?? '') !== '';
    const source = stored ? 'stored' : inherited ? 'environment' : hasDefault ? 'default' : 'missing';
    return { skillId, name, envVar, description, required, source };
  }

  #remember(skillId: string, values: readonly string[]): void {
    const known = this.#handedOut.get(skillId) ?? new Set<string>();
    const sizeBefore = known.size;
    for (const value of values) known.add(value);
    if (known.size === sizeBefore) return;
    const kept = new Set([...known].slice(-MOST_KNOWN));
    this.#handedOut.set(skillId, kept);
    this.#forms.set(skillId, [...new Set([...kept].flatMap(secretForms))]);
  }
}

function declared(skill: CatalogSkill): readonly CredentialSpec[] {
  return skill.manifest?.credentials ?? [];
}
