import { describe, expect, it } from 'vitest';
import { isVersionSpec, readVersion, satisfiesVersion } from '../../../electron/skills/python-version.ts';

describe('versions', () => {
  it.each([
    ['Python 3.11.7\n', [3, 11, 7]],
    ['Python 3.14.0rc1', [3, 14, 0]],
    ['uv 0.9.2 (141369ce7 2025-10-10)', [0, 9, 2]],
    ['no number', null],
  ])('%j is read as %j', (text, version) => {
    expect(readVersion(text)).toEqual(version);
  });

  it.each([
    ['3.11.7', '3.11', true],
    ['3.11.7', '3.12', false],
    ['3.11.7', '>=3.10,<4', true],
    ['3.11.7', '>= 3.10, < 3.11', false],
    ['3.11', '==3.11.0', true],
    ['3.11.7', '==3.11', false],
    ['3.11.7', '==3.11.*', true],
    ['3.11.7', '!=3.11.*', false],
    ['3.11.7', '~=3.10', true],
    ['3.11.7', '~=3.10.2', false],
    ['4.0', '~=3.10', false],
    ['3.9', '3.10', false],
    ['3.11.7', '>3.11.7', false],
    ['3.11.7', '<=3.11.7', true],
    ['3.11.7', '>=3.11.x', true],
    ['3.11.7', '~=3', null],
    ['3.11.7', 'three', null],
    ['3.11.7', '>=3.10,', null],
  ])('%s against %s is %s', (version, spec, verdict) => {
    expect(satisfiesVersion(version.split('.').map(Number), spec)).toBe(verdict);
    expect(isVersionSpec(spec)).toBe(verdict !== null);
  });
});
