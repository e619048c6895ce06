import { describe, expect, it } from 'vitest';
import {
  defaultHealthMonitorConfig,
  defaultRestartConfig,
  resolveSkillConfig,
} from '../../../../electron/core/health/config.ts';

const app = { health: defaultHealthMonitorConfig, restart: defaultRestartConfig };

describe('the configuration in force', () => {
  it('has the defaults of DESIGN.md section 4', () => {
    expect(defaultHealthMonitorConfig).toEqual({
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
    expect(defaultRestartConfig).toMatchObject({ firstDelaySecs: 1, maxDelaySecs: 60, jitterPercent: 20 });
  });

  it('is the app configuration where nobody says otherwise', () => {
    expect(resolveSkillConfig(app, undefined, undefined)).toEqual(app);
    expect(resolveSkillConfig(app, {}, { health: {} })).toEqual(app);
  });

  it('lets the manifest win over the app, member by member', () => {
    const { health } = resolveSkillConfig(app, { health: { checkIntervalSecs: 2 } }, undefined);
    expect(health).toEqual({ ...defaultHealthMonitorConfig, checkIntervalSecs: 2 });
  });

  it('lets the settings win over the manifest, and leaves the manifest where they are silent', () => {
    const { health } = resolveSkillConfig(
      app,
      { health: { checkIntervalSecs: 2, autoRestart: false } },
      { health: { checkIntervalSecs: 7 } },
    );
    expect(health).toMatchObject({ checkIntervalSecs: 7, autoRestart: false, healthTimeoutSecs: 10 });
  });

  it('takes a false or a zero for what it is, and undefined for silence', () => {
    const { health, restart } = resolveSkillConfig(
      app,
      { health: { autoQuarantine: false }, restart: { jitterPercent: 0 } },
      { health: { autoQuarantine: undefined } },
    );
    expect(health.autoQuarantine).toBe(false);
    expect(restart.jitterPercent).toBe(0);
  });

  it('overlays the restart section the same way', () => {
    const { restart } = resolveSkillConfig(
      app,
      { restart: { firstDelaySecs: 3, maxDelaySecs: 9 } },
      { restart: { maxDelaySecs: 30 } },
    );
    expect(restart).toMatchObject({ firstDelaySecs: 3, maxDelaySecs: 30 });
  });

  it('takes over no member that nobody knows, and nothing inherited', () => {
    const hostile = JSON.parse('{"__proto__": {"autoRestart": false}, "constructor": 1}');
    expect(resolveSkillConfig(app, { health: hostile }, undefined)).toEqual(app);
    const inherited = Object.create({ autoRestart: false });
    expect(resolveSkillConfig(app, { health: inherited }, undefined)).toEqual(app);
  });

  it('leaves its inputs as they were', () => {
    const manifest = { health: { checkIntervalSecs: 2 } };
    resolveSkillConfig(app, manifest, { health: { checkIntervalSecs: 9 } });
    expect(manifest).toEqual({ health: { checkIntervalSecs: 2 } });
    expect(app.health.checkIntervalSecs).toBe(300);
  });
});
