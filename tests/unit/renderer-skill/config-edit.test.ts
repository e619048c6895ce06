import { describe, expect, it } from 'vitest';
import { rulePatch, ruleProblem } from '../../../renderer/screens/skill/config-edit.ts';

const interval = { section: 'health', key: 'checkIntervalSecs' } as const;
const failures = { section: 'health', key: 'maxConsecutiveFailures' } as const;

describe('changing a rule in place', () => {
  it.each([
    [interval, 0, 'Must be at least 1.'],
    [interval, 9_999_999, 'Must be at most 2592000.'],
    [interval, '', 'Enter a number.'],
    [interval, 'soon', 'Enter a number.'],
    [failures, 1.5, 'Enter a whole number.'],
    [interval, 1.5, null],
    [failures, 3, null],
    [{ section: 'health', key: 'autoRestart' } as const, false, null],
  ])('%o set to %s: %s', (row, value, problem) => {
    expect(ruleProblem(row, value)).toBe(problem);
  });

  it('sends that one member and nothing else, or null to inherit it again', () => {
    expect(rulePatch('weather', interval, 5)).toEqual({
      overrides: { weather: { health: { checkIntervalSecs: 5 } } },
    });
    expect(rulePatch('weather', { section: 'restart', key: 'stopGraceMs' }, null)).toEqual({
      overrides: { weather: { restart: { stopGraceMs: null } } },
    });
  });
});
