import { portToken } from './ports.ts';
import { sticky, type WordRule } from './rule.ts';

/** A name that may be a host's, where something else says that it is. */
export const HOST_NAME = '[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,251}[A-Za-z0-9_])?';

/** A host with the port it was asked on. */
export function hostPort(port: string | undefined): string {
  return port === undefined ? '<host>' : `<host>:${portToken(port)}`;
}

/** Hosts and users that are known by the words around them: nothing in `svc-billing` says that it is one. */
export const hostWordRules: readonly WordRule[] = [
  {
    words: ['localhost'],
    pattern: sticky('(?<![\\w.@/\\\\-])localhost(?::(\\d{1,5})(?!\\d)|(?![\\w-]|\\.\\w))'),
    rewrite: (match) => hostPort(match[1]),
  },
  {
    // host='svc-billing', host "db" (…), to host billing:443, host name "x"
    words: ['host', 'hostname', 'hosts', 'server', 'resolve', 'lookup', 'valid', 'servername'],
    pattern: sticky(
      `((?:hosts?(?:[ _-]?name)?|server[ _-]?name|mysql server host|server (?:at|on)|resolve(?: host(?:name)?)?|valid for)["']?(?: ?[=:] ?| ))(["'])(${HOST_NAME})(?::(\\d{1,5}))?\\2`,
    ),
    rewrite: (match) => `${match[1] ?? ''}${match[2] ?? ''}${hostPort(match[4])}${match[2] ?? ''}`,
  },
  {
    words: [
      'host',
      'hostname',
      'connect',
      'connecting',
      'connected',
      'connection',
      'lookup',
      'resolve',
      'reach',
      'server',
    ],
    pattern: sticky(
      `((?:hosts?(?:name)?|server(?: at| on)?|reach|(?:re)?connect(?:ing|ed|ion)?(?: failed)? (?:to|with)(?: the)?(?: host| server| server at| broker| broker at| database at| redis at)?)(?:[=:] ?| ))(${HOST_NAME}):(\\d{1,5})(?![\\d.])`,
    ),
    rewrite: (match) =>
      /^(?:https?|tcp|unix|udp)$/i.test(match[2] ?? '') ? null : `${match[1] ?? ''}${hostPort(match[3])}`,
  },
  {
    words: ['connect', 'lookup'],
    pattern: sticky(`(connect to |lookup )(${HOST_NAME})(?= port \\d| on |: no such host)`),
    rewrite: (match) => `${match[1] ?? ''}<host>`,
  },
  {
    words: ['user', 'username'],
    pattern: sticky(`(user(?:name)?(?: ?[=:] ?| ))(["'])[^"'\\n]{0,200}\\2(?:@(["'])[^"'\\n]{0,200}\\3)?`),
    rewrite: (match) => `${match[1] ?? ''}<user>`,
  },
  {
    // user=postgres; Failed password for invalid user bob from …; session opened for user bob by …
    words: ['user', 'username', 'ruser', 'password', 'publickey'],
    pattern: sticky(
      '(r?user(?:name)?=|user (?=[\\w.@-]{1,64} (?:from|by) )|(?:password|publickey) for (?=[\\w.@-]{1,64} from ))[\\w.@-]{1,64}',
    ),
    rewrite: (match) => `${match[1] ?? ''}<user>`,
  },
];
