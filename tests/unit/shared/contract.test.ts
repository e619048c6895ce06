import { describe, expect, it } from 'vitest';
import { commandNames, commands, isCommandName, isEventName } from '../../../shared/contract/index.ts';
import { appConfigPatchSchema, appConfigSchema } from '../../../shared/model/config.ts';

describe('the contract', () => {
  it('knows its own names and nothing inherited', () => {
    for (const name of commandNames) expect(isCommandName(name)).toBe(true);
    for (const name of ['__proto__', 'constructor', 'hasOwnProperty', '']) {
      expect(isCommandName(name)).toBe(false);
      expect(isEventName(name)).toBe(false);
    }
  });

  it('names are lower case, grouped by a dot', () => {
    for (const name of commandNames) expect(name).toMatch(/^[a-z]+(\.[a-z_]+)+$/);
  });

  it('every payload refuses a member it does not know', () => {
    for (const name of commandNames) {
      const parsed = commands[name].payload.safeParse({ surprise: 1 });
      expect(parsed.success, name).toBe(false);
    }
  });
});

describe('the config schema', () => {
  it('has the defaults of DESIGN.md section 4', () => {
    expect(appConfigSchema.parse({}).health).toEqual({
      checkIntervalSecs: 300,
      healthTimeoutSecs: 10,
      maxConsecutiveFailures: 5,
      autoRestart: true,
      autoQuarantine: true,
      degradedAfterMs: 5000,
      failureWindowSecs: 600,
      maxFailuresInWindow: 10,
      stableAfterSecs: 60,
      maxConcurrentChecks: 4,
    });
  });

  it('a patch carries only what was said: no default slips in', () => {
    expect(appConfigPatchSchema.parse({ health: { checkIntervalSecs: 2 } })).toEqual({
      health: { checkIntervalSecs: 2 },
    });
  });

  it('intervals and timeouts accept one second and up', () => {
    for (const member of ['checkIntervalSecs', 'healthTimeoutSecs']) {
      expect(appConfigPatchSchema.safeParse({ health: { [member]: 1 } }).success).toBe(true);
      expect(appConfigPatchSchema.safeParse({ health: { [member]: 0.5 } }).success).toBe(false);
    }
  });

  it.each([
    { helth: {} },
    { health: { checkInterval: 1 } },
    { health: { checkIntervalSecs: '2' } },
    { health: 7 },
  ])('refuses %j', (patch) => {
    expect(appConfigPatchSchema.safeParse(patch).success).toBe(false);
  });
});
