/** What may stand in place of a token that varies: the word on its chip, and what it means. */
const varies: ReadonlyMap<string, readonly [word: string, meaning: string]> = new Map([
  ['args', ['arguments', 'any arguments']],
  ['arn', ['AWS name', 'any AWS resource name']],
  ['blob', ['blob', 'any long run of characters']],
  ['bool', ['true/false', 'true or false']],
  ['char', ['character', 'any character']],
  ['dur', ['duration', 'any duration']],
  ['email', ['mail address', 'any mail address']],
  ['hex', ['hex', 'any hexadecimal number']],
  ['host', ['host', 'any host']],
  ['id', ['id', 'any id']],
  ['ip', ['IP', 'any IP address']],
  ['key', ['key', 'any key or token']],
  ['mac', ['MAC', 'any hardware address']],
  ['num', ['number', 'any number']],
  ['path', ['path', 'any path']],
  ['port', ['port', 'any port']],
  ['shape', ['shape', 'any dimensions']],
  ['size', ['size', 'any size']],
  ['text', ['text', 'any text']],
  ['time', ['time', 'any time or date']],
  ['url', ['address', 'any address']],
  ['user', ['user', 'any user']],
  ['uuid', ['UUID', 'any UUID']],
  ['val', ['value', 'any value']],
  ['ver', ['version', 'any version']],
]);

/** Tokens with a value: the value tells errors apart and is part of the signature. */
const codes: ReadonlyMap<string, string> = new Map([
  ['close', 'close code'],
  ['code', 'code'],
  ['db', 'database error'],
  ['errno', 'errno'],
  ['exit', 'exit'],
  ['http', 'http'],
  ['nt', 'Windows status'],
  ['port', 'port'],
  ['signal', 'signal'],
  ['smtp', 'SMTP'],
  ['sqlstate', 'SQLSTATE'],
  ['url', 'address, port'],
  ['winerror', 'Windows error'],
]);

/** How a token of a signature (DESIGN.md section 9) is shown; null for what only looks like one, such as `<locals>`. */
export function tokenWords(
  kind: string,
  value: string | undefined,
): { label: string; meaning: string } | null {
  if (value === undefined) {
    const found = varies.get(kind);
    return found === undefined
      ? null
      : { label: found[0], meaning: `${found[1]}: differs from time to time` };
  }
  const name = codes.get(kind);
  return name === undefined
    ? null
    : {
        label: `${name} ${value}`,
        meaning: `${name} ${value}: part of the error, another one is another error`,
      };
}
