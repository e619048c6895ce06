import type { HostNotice } from '../../../shared/model/runtime.ts';
import { redactSecrets } from '../../core/redaction/redact.ts';
import { secretForms } from '../../core/redaction/secret-forms.ts';
import { CredentialStore, type CredentialStoreOptions } from '../../storage/credentials/credential-store.ts';

/** Where the one secret stands in its file. Not a skill: no skill is given it, and no list of credentials has it. */
const OWNER = 'fleet';
const NAME = 'broker';

/**
 * What this host proves itself to the broker with, sealed like credentials but in a file of its own and for a purpose of
 * its own: a skill called like its owner could never have it opened.
 */
export class FleetSecret {
  readonly #store: CredentialStore;
  /** Every value of this host's life: an earlier one may still stand in somebody's message. */
  readonly #known = new Set<string>();

  constructor(options: Pick<CredentialStoreOptions, 'dataDir' | 'nowMs' | 'makeSealer'>) {
    this.#store = new CredentialStore({
      ...options,
      fileName: 'fleet-credential.json',
      purpose: 'skillward-fleet',
    });
  }

  /** Call once. Returns what people should know about it. */
  async open(): Promise<readonly HostNotice[]> {
    const notices = await this.#store.open();
    this.#remember();
    return notices;
  }

  read(): string | null {
    return this.#store.values(OWNER)[NAME] ?? null;
  }

  /** Keeps a value, or none. On disk when it resolves. Throws `CommandError` `unavailable`; nothing has changed then. */
  async keep(value: string | null): Promise<void> {
    if (value === null) await this.#store.forget(OWNER);
    else await this.#store.set(OWNER, NAME, value);
    this.#remember();
  }

  /** The text without the secret, in whatever form it was written. */
  mask(text: string): string {
    return redactSecrets(text, [...this.#known].flatMap(secretForms));
  }

  #remember(): void {
    const value = this.read();
    if (value !== null) this.#known.add(value);
  }
}
