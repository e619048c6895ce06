import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ansiParts } from '../../../renderer/components/logs/ansi.ts';

const ESC = '\u001b';
const text = (line: string) =>
  ansiParts(line)
    .map((part) => part.text)
    .join('');

describe('ansiParts', () => {
  it('turns colours into parts', () => {
    expect(ansiParts(`${ESC}[1;31mboom${ESC}[0m and on`)).toMatchObject([
      { text: 'boom', color: 'red', bold: true },
      { text: ' and on', color: null, bold: false },
    ]);
    expect(ansiParts(`${ESC}[92mfine`)[0]?.color).toBe('green');
  });

  it('keeps markup as the text it is', () => {
    expect(text('<img src=x onerror=alert(1)> & "q"')).toBe('<img src=x onerror=alert(1)> & "q"');
  });

  it('makes what could rearrange the page visible instead', () => {
    for (const hidden of ['\u0007', '\r', '\u009b', '\u202a', '\u202e', '\u2066', '\u2069']) {
      expect(text(`a${hidden}b`)).toBe('a·b');
    }
  });

  it('keeps a plain line as it is, indented and with tabs', () => {
    const printable = fc.string({
      unit: fc.constantFrom('a', 'é', '漢', ' ', '\t', '<', '&', '🎉', '[', '3', 'm'),
    });
    fc.assert(
      fc.property(printable, (line) => {
        expect(text(line)).toBe(line);
      }),
    );
  });

  it('lets no control character through, whatever comes', () => {
    const anyLine = fc
      .array(fc.oneof(fc.constantFrom(0x1b, 0x5b, 0x6d), fc.integer({ min: 0, max: 0x2100 })))
      .map((codes) => String.fromCharCode(...codes));
    fc.assert(
      fc.property(anyLine, (line) => {
        // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
        expect(text(line)).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
      }),
    );
  });
});
