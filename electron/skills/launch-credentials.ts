import type { CredentialSpec } from './manifest.ts';

/** Credentials as the handshake takes them (`byName`) and as the environment does (`byVariable`). */
export type CredentialResult =
  | {
      readonly ok: true;
      readonly byName: Readonly<Record<string, string>>;
      readonly byVariable: Readonly<Record<string, string>>;
    }
  | { readonly ok: false; readonly message: string; readonly remedy: 'enter-credentials' };

/**
 * Pairs what a skill declares with what has been stored for it, else the manifest's default. A required one that is
 * missing is a configuration error. Stored values the manifest does not declare are not handed out. Messages name
 * credentials, never values.
 */
export function resolveCredentials(
  declared: readonly CredentialSpec[],
  stored: Readonly<Record<string, string>>,
): CredentialResult {
  const remedy = 'enter-credentials';
  const byName: Record<string, string> = {};
  const byVariable: Record<string, string> = {};
  for (const { name, envVar, description, required, default: preset } of declared) {
    const value = (Object.hasOwn(stored, name) ? stored[name] : undefined) || preset;
    if (value === null || value === undefined || value === '') {
      if (!required) continue;
      const wayOut = `enter it in the dashboard or with skillward credential set, or start the host with ${envVar} set`;
      return { ok: false, message: `credential \`${name}\` is missing (${description}): ${wayOut}`, remedy };
    }
    if (value.includes('\0'))
      return { ok: false, message: `credential \`${name}\` holds a NUL character: set it anew`, remedy };
    byName[name] = value;
    byVariable[envVar] = value;
  }
  return { ok: true, byName, byVariable };
}
