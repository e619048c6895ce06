import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readDeepLink } from '../../../electron/hosts/desktop/deep-link.ts';
import { readLaunchArguments } from '../../../electron/hosts/desktop/launch-arguments.ts';

describe('deep links', () => {
  test.each([
    ['skillward://v1/skill/weather', '#/skill/weather'],
    ['skillward://v1/skill/weather/', '#/skill/weather'],
    ['skillward://v1/skill/weather?tab=logs', '#/skill/weather?tab=logs'],
    ['skillward://v1/skill/weather?tab=nonsense&evil=1#x', '#/skill/weather'],
    ['skillward://v1/screen/fixes', '#/fixes'],
    ['skillward://v1/screen/incidents', '#/incidents'],
    ['skillward://v1/screen/logs', '#/logs'],
  ])('%s opens %s', (link, route) => {
    expect(readDeepLink(link)).toBe(route);
  });

  test.each([
    'skillward://v2/skill/weather',
    'skillward://skill/weather',
    'skillward://v1/skill/',
    'skillward://v1/skill/Weather',
    'skillward://v1/skill/a%2Fb',
    'skillward://v1/skill/../x',
    'skillward://v1/skill/weather/quarantine',
    'skillward://v1/quarantine/weather',
    'skillward://v1/screen/__proto__',
    'skillward://v1/screen/constructor',
    'skillward://me@v1/skill/weather',
    'skillward://v1:80/skill/weather',
    'https://v1/skill/weather',
    'skillward-app://dashboard/',
    'javascript:alert(1)',
    '',
    `skillward://v1/skill/weather?tab=${'x'.repeat(2000)}`,
  ])('%s opens nothing', (link) => {
    expect(readDeepLink(link)).toBe(null);
  });

  test('whatever comes in, what comes out is a route of the dashboard and nothing else', () => {
    const pieces = fc.array(
      fc.oneof(
        fc.constantFrom('skillward://', 'v1', '/', 'skill', 'screen', '?tab=', '#', '..', '%2e', '@', '"'),
        fc.string(),
      ),
    );
    fc.assert(
      fc.property(pieces, (parts) => {
        const route = readDeepLink(parts.join(''));
        expect(
          route === null ||
            /^#\/(incidents|fixes|scheduler|settings|skill\/[a-z0-9_-]+(\?tab=[a-z]+)?)?$/.test(route),
        ).toBe(true);
      }),
    );
  });
});

describe('arguments of a start', () => {
  test('are read among those of Chromium', () => {
    expect(
      readLaunchArguments(['electron', '.', '--no-sandbox', '--hidden', 'skillward://v1/skill/a']),
    ).toEqual({
      hidden: true,
      route: '#/skill/a',
    });
    expect(readLaunchArguments(['electron', '.', '--remote-debugging-port=0'])).toEqual({
      hidden: false,
      route: null,
    });
  });
});
