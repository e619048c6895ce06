import { describe, expect, it } from 'vitest';
import { healthRows, restartRows } from '../../../renderer/screens/skill/config-rows.ts';
import { appConfig, buildSkill } from './build-skill.ts';

const key = 'checkIntervalSecs';

function interval(inForce: number, app = 300, own?: number) {
  const { config } = buildSkill();
  const skill = buildSkill({ config: { ...config, health: { ...config.health, [key]: inForce } } });
  const settings = {
    ...appConfig,
    health: { ...appConfig.health, [key]: app },
    overrides: own === undefined ? {} : { weather: { health: { [key]: own } } },
  };
  return healthRows(skill, settings).find((row) => row.key === key);
}

describe('where a rule comes from', () => {
  it.each([
    ['the default', interval(300), 'default', null],
    ['the app', interval(60, 60), 'app-settings', null],
    ['the manifest', interval(2), 'manifest', '5 min'],
    ['its own settings', interval(2, 300, 2), 'skill-settings', '5 min'],
    ['its own settings, although the app says the same', interval(300, 300, 300), 'skill-settings', null],
  ])('%s', (_, row, source, appValue) => {
    expect(row).toMatchObject({ source, appValue });
  });
});

describe('values', () => {
  it('are exact, in the unit people use', () => {
    expect(interval(90)?.value).toBe('90 s');
    expect(interval(7200)?.value).toBe('2 h');
    const rows = restartRows(buildSkill(), appConfig);
    expect(rows.map((row) => row.value)).toEqual(['1 s', '1 min', '20 %', '10 s', '2 s', 'no limit']);
  });

  it('cover every rule a skill can have of its own', () => {
    const told = healthRows(buildSkill(), appConfig).map((row) => row.key);
    // How many checks run at once is a rule of the app, not of one skill.
    const rules = Object.keys(appConfig.health).filter((rule) => rule !== 'maxConcurrentChecks');
    expect([...told].sort()).toEqual(rules.sort());
    expect(
      restartRows(buildSkill(), appConfig)
        .map((row) => row.key)
        .sort(),
    ).toEqual(Object.keys(appConfig.restart).sort());
  });
});
