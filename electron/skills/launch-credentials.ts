import type { CredentialSpec } from './manifest.ts';

/** Credentials as the handshake takes them (`byName`) and as the environment does (`byVariable`). */
export type CredentialResult =
  | {
      readonly ok: true;
      readonly byName: Readonly<Record<string, string>>;
      readonly byVariable: Readonly<Record<string, string>>;
    }
  | { readonly ok: false; readonly message: string };

/**
 * Pairs what a skill declares with what has been stored for it, else the manifest's default. A required one that is
 * missing is a configuration error. Stored values the manifest does not declare are not handed out. Messages name
 * credentials, never values.
 */
export function resolveCredentials(
  declared: readonly CredentialSpec[],
  stored: Readonly<Record<string, string>>,
): CredentialResult {
  const byName: Record<string, string> = {};
  const byVariable: Record<string, string> = {};
  for (const { name, envVar, description, required, default: preset } of declared) {
    const value = (Object.hasOwn(stored, name) ? stored[name] : undefined) || preset;
    if (value === null || value === undefined || value === '') {
      if (!required) continue;
      const wayOut = `set it, for example as ${envVar} in the environment, and start the skill again`;
      return { ok: false, message: `credential \`${name}\` is missing (${description}): ${wayOut}` };
    }
    if (value.includes('\0'))
      return { ok: false, message: `credential \`${name}\` holds a NUL character: set it anew` };
    byName[name] = value;
    byVariable[envVar] = value;
  }
  return { ok: true, byName, byVariable };
}
