/** What may stand in the place of a token, for people. */
const VARIES: ReadonlyMap<string, string> = new Map([
  ['args', 'any arguments'],
  ['arn', 'any AWS resource name'],
  ['blob', 'any long run of characters'],
  ['bool', 'true or false'],
  ['char', 'any character'],
  ['dur', 'any duration'],
  ['email', 'any mail address'],
  ['hex', 'any hexadecimal number'],
  ['host', 'any host'],
  ['id', 'any id'],
  ['ip', 'any IP address'],
  ['key', 'any key or token'],
  ['mac', 'any hardware address'],
  ['num', 'any number'],
  ['path', 'any path'],
  ['port', 'any port'],
  ['shape', 'any dimensions'],
  ['size', 'any size'],
  ['text', 'any text'],
  ['time', 'any time or date'],
  ['url', 'any address'],
  ['user', 'any user'],
  ['uuid', 'any UUID'],
  ['val', 'any value'],
  ['ver', 'any version'],
]);

/** What a token with a value says; the value is part of the error. */
const FIXED: ReadonlyMap<string, string> = new Map([
  ['close', 'close code'],
  ['code', 'code'],
  ['db', 'database error'],
  ['errno', 'errno'],
  ['exit', 'exit status'],
  ['http', 'HTTP status'],
  ['nt', 'Windows status'],
  ['port', 'port of'],
  ['signal', 'signal'],
  ['smtp', 'SMTP status'],
  ['sqlstate', 'SQLSTATE'],
  ['url', 'any address with the port of'],
  ['winerror', 'Windows error'],
]);

/** A sentence part for a token of a signature (`path`, or `http` with its value), or null when it is none of ours. */
export function tokenLabel(kind: string, value: string | undefined): string | null {
  if (value === undefined) return VARIES.get(kind) ?? null;
  const said = FIXED.get(kind);
  return said === undefined ? null : `${said} ${kind === 'signal' ? value.toUpperCase() : value}`;
}
