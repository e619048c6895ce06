import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerRequest } from '../../../electron/security/app-response.ts';
import { contentSecurityPolicy } from '../../../electron/security/content-security-policy.ts';

let base: string;
let root: string;
beforeAll(() => {
  base = mkdtempSync(join(tmpdir(), 'sw-app-'));
  root = join(base, 'renderer');
  mkdirSync(root);
  writeFileSync(join(root, 'index.html'), '<!doctype html>');
  writeFileSync(join(base, 'main.js'), 'secret');
});
afterAll(() => rmSync(base, { recursive: true }));

const ask = (url: string, method = 'GET') => answerRequest({ method, url }, root);

describe('the dashboard’s scheme (checklist items 7 and 18)', () => {
  test('serves a file with every header, refusals as well', async () => {
    for (const url of [
      'skillward-app://dashboard/',
      'skillward-app://dashboard/none.js',
      'https://evil.example/',
    ]) {
      const { headers } = await ask(url);
      expect(headers.get('Content-Security-Policy')).toBe(contentSecurityPolicy);
      expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
    }
    expect(await (await ask('skillward-app://dashboard/#/skill/a')).text()).toBe('<!doctype html>');
  });

  test.each([
    ['skillward-app://other/', 403],
    ['skillward-app://dashboard.evil.example/', 403],
    ['skillward-app://dashboard:80/', 403],
    ['skillward-app://user@dashboard/', 403],
    ['https://dashboard/', 403],
    ['skillward-app://dashboard/../main.js', 404],
    ['skillward-app://dashboard/%2e%2e/main.js', 404],
    ['skillward-app://dashboard/%2e%2e%2fmain.js', 404],
    ['skillward-app://dashboard/..%5cmain.js', 404],
    ['skillward-app://dashboard//etc/passwd', 404],
    ['skillward-app://dashboard/index.html%00.js', 404],
    ['skillward-app://dashboard/%', 404],
  ])('%s is answered %i, with nothing in it', async (url, status) => {
    const response = await ask(url);
    expect([response.status, await response.text()]).toEqual([status, '']);
  });

  test.each(['POST', 'HEAD', 'PUT', 'OPTIONS'])('%s is refused', async (method) => {
    expect((await ask('skillward-app://dashboard/', method)).status).toBe(403);
  });

  test('the policy allows no script but our files, and nothing from elsewhere', () => {
    const directives = new Map(contentSecurityPolicy.split('; ').map((part) => [part.split(' ')[0], part]));
    expect(directives.get('default-src')).toBe("default-src 'none'");
    expect(directives.get('script-src')).toBe("script-src 'self'");
    expect(contentSecurityPolicy).not.toMatch(/unsafe-eval|https?:|\*|data:|blob:/);
    expect([...directives.values()].filter((part) => part.includes('unsafe-inline'))).toEqual([
      "style-src 'self' 'unsafe-inline'",
    ]);
  });
});
