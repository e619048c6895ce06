import { MASK } from '../../core/redaction/patterns.ts';
import { redactSecrets } from '../../core/redaction/redact.ts';

/** A variable of a listed server and what becomes of it. */
export type ServerVariable =
  | { readonly kind: 'plain'; readonly name: string; readonly value: string }
  /** A credential. `value` null: nobody has entered it yet, or the host's own environment has it. */
  | { readonly kind: 'secret'; readonly name: string; readonly value: string | null; readonly shown: string };

const secretName =
  /(^|_)(TOKEN|KEY|APIKEY|SECRET|PASSWORD|PASSWD|PASSPHRASE|PASS|PWD|CREDENTIALS?|AUTH|COOKIE|SESSION|DSN|PAT|BEARER|WEBHOOK)S?($|_)/i;
/** The name of a place where a secret lies, or of its kind, is none. */
const noSecretName = /_(FILE|PATH|DIR|FOLDER|TYPE|METHOD|MODE|NAME|URI?L?_?BASE|TTL|LENGTH|ENABLED)$/i;
const harmlessValue = /^(|true|false|yes|no|on|off|none|null|\d{1,6})$/i;
/** `${API_KEY}`, `${env:API_KEY}`, `${API_KEY:-fallback}`, `${input:key}`. */
const placeholder = /\$\{[^}]{1,200}\}/;

/**
 * Which variables are secrets: by their name, by the look of their value, or because the value is asked for when the
 * program starts. What is a secret becomes a credential and never stands in a manifest.
 */
export function readVariables(env: Readonly<Record<string, string>>): readonly ServerVariable[] {
  return Object.entries(env).map(([name, value]): ServerVariable => {
    if (placeholder.test(value)) return { kind: 'secret', name, value: null, shown: value.slice(0, 200) };
    if (!isSecret(name, value)) return { kind: 'plain', name, value };
    return { kind: 'secret', name, value: value === '' ? null : value, shown: maskOf(value) };
  });
}

/** An argument as it may be shown: what looks like a secret is masked. */
export function shownArgument(argument: string, before: string | undefined): string {
  const flag = before !== undefined && /^--?[a-z-]*(token|key|secret|password|passwd)$/i.test(before);
  return flag && !argument.startsWith('-') ? maskOf(argument) : withoutHome(argument);
}

function isSecret(name: string, value: string): boolean {
  if (noSecretName.test(name)) return looksSecret(value);
  if (secretName.test(name)) return value === '' || !harmlessValue.test(value);
  return looksSecret(value) || looksSecret(`${name}=${value}`);
}

function looksSecret(text: string): boolean {
  return redactSecrets(text).includes(MASK);
}

/** Only what is a secret goes; a person's own folder is no news to them. */
function withoutHome(argument: string): string {
  return looksSecret(argument) ? redactSecrets(argument) : argument;
}

function maskOf(value: string): string {
  return value === '' ? '' : '••••••••';
}
