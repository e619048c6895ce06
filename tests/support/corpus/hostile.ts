import type { CorpusText } from './corpus.ts';

/** What rules begin, end and choke on. */
const PIECES = [
  'a-', '1,', '1.', 'a.b.', '/', '\\\\', '\\', '"', "'", '(', '[', '{', '<', '>', '0x', '::', ':', '=', '==', '@', 'Error: ', 'ValueError', 'KeyError: ', 'Traceback (most recent call last):\n', '  File "/a/b.py", line 3, in f\n', '  + Exception Group Traceback (most recent call last):\n', '  | ', '+-+---- 1 ----\n', 'During handling of the above exception, another exception occurred:\n', 'Fatal Python error: ', '\n', '\r', '\t', ' ', '  ', '\u001b[31m', '\u001b]', '\u0000', '\ud83d', 'é', 'İ', '\u2026', 'SIGKILL', 'signal 9', 'exit code 1', 'HTTP 404', 'status ', 'code ', 'port ', '5432', 'localhost:', '192.168.1.1', '2024-01-01', 'T12:00:00', 'Z', "Command '", "' returned", 'input_value=', 'headers={', 'Key (a)=(', 'base 10: ', '<num>', '<', 'num>', '<http:401>', '[secret]', 'sk-', '***', 'eyJ', 'aaaa', 'AbC1', 'deadbeef', 'ff', '%', '$', '~/', 'C:\\', '-', '_', '.', 'e', 'E', '1e5', 'x', 'v1.', '[Errno ', '[SQL: ', "user '", 'host=', 'host ', 'connect to ', 'ERROR ', 'ERROR:', '[ERROR] ', 'INFO', "module '", 'January ', 'Mon ', '1x', '"""', "b'", '\\n', '\\u1234', 'datetime(', 'arn:aws:', "key 'a'", 'a', '1', '0', '9',
] as const;

/** A small generator of numbers in [0, 1): the same seed gives the same texts everywhere. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}

/** A text made to be slow or not to settle: one piece repeated, many pieces mixed, or a real error damaged. */
export function hostileText(random: () => number, texts: readonly CorpusText[], length: number): string {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const kind = random();
  if (kind < 0.4) {
    const unit = Array.from({ length: 1 + Math.floor(random() * 3) }, () => pick(PIECES)).join('');
    return unit.repeat(Math.ceil(length / unit.length)).slice(0, length);
  }
  if (kind < 0.8) {
    let text = '';
    while (text.length < length) text += pick(PIECES);
    return text.slice(0, length);
  }
  let text = pick(texts).text;
  for (let damage = Math.floor(random() * 6); damage >= 0; damage -= 1) {
    const at = Math.floor(random() * text.length);
    text = text.slice(0, at) + (random() < 0.7 ? pick(PIECES) : '') + text.slice(at + Math.floor(random() * 8));
  }
  return text;
}
