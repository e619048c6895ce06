import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findScriptMetadata, readScriptNeeds } from '../../../electron/skills/pep723.ts';

/** The expression PEP 723 gives as the reference, with JavaScript's flags. */
const reference = /^# \/\/\/ (?<type>[a-zA-Z0-9-]+)$\s(?<content>(^#(| .*)$\s)+)^# \/\/\/$/gm;

function byReference(source: string): string | 'ambiguous' | null {
  const blocks = [...source.matchAll(reference)].filter((match) => match.groups?.type === 'script');
  if (blocks.length > 1) return 'ambiguous';
  const content = blocks[0]?.groups?.content;
  return content === undefined ? null : content.replace(/^# ?/gm, '').replace(/\n$/, '');
}

function ours(source: string): string | 'ambiguous' | null {
  const found = findScriptMetadata(source);
  if (found.kind === 'ambiguous') return 'ambiguous';
  return found.kind === 'none' ? null : found.block.toml;
}

describe('PEP 723 metadata', () => {
  it('is the comment block between the markers, with its place in the file', () => {
    const source =
      '#!/usr/bin/env python3\n# /// script\n# dependencies = ["x"]\n#\n# a = 1\n# ///\nimport x\n';
    expect(findScriptMetadata(source)).toEqual({
      kind: 'block',
      block: { toml: 'dependencies = ["x"]\n\na = 1', lineOffset: 2 },
    });
  });

  it.each([
    ['a block that is never closed', '# /// script\n# a = 1\nimport x\n'],
    ['an indented marker', '  # /// script\n# a = 1\n# ///\n'],
    ['a line without the space', '# /// script\n#a = 1\n# ///\n'],
    ['an empty block', '# /// script\n# ///\n'],
    ['another type', '# /// pyproject\n# a = 1\n# ///\n'],
  ])('%s is none', (_, source) => {
    expect(findScriptMetadata(source)).toEqual({ kind: 'none' });
  });

  it('ends at the last closing line of the comment run', () => {
    expect(ours('# /// script\n# a = 1\n# ///\n# b = 2\n# ///\n')).toBe('a = 1\n///\nb = 2');
  });

  it('reads Windows line ends', () => {
    expect(ours('# /// script\r\n# a = 1\r\n# ///\r\n')).toBe('a = 1');
  });

  it('is refused when there are two blocks', () => {
    const block = '# /// script\n# a = 1\n# ///\n';
    expect(findScriptMetadata(`${block}\n${block}`)).toEqual({ kind: 'ambiguous', line: 5 });
  });

  it('agrees with the reference expression on any mix of such lines', () => {
    const line = fc.constantFrom(
      '# /// script',
      '# /// other',
      '# ///',
      '#',
      '# a = 1',
      '#b',
      '',
      'x = 1',
      ' # ///',
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 14 }), (lines) => {
        const source = lines.join('\n');
        expect(ours(source)).toBe(byReference(source));
      }),
      { numRuns: 2000 },
    );
  });

  it('gives dependencies and requires-python, without what has another type', () => {
    expect(readScriptNeeds({ dependencies: ['a', 1, 'b'], 'requires-python': '>=3.11' })).toEqual({
      dependencies: ['a', 'b'],
      requiresPython: '>=3.11',
    });
    expect(readScriptNeeds({ dependencies: 'a' })).toEqual({ dependencies: [], requiresPython: null });
  });
});
