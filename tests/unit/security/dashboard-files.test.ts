import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readDashboardFile } from '../../../electron/security/dashboard-files.ts';

let base: string;
let root: string;

beforeAll(() => {
  base = mkdtempSync(join(tmpdir(), 'sw-files-'));
  root = join(base, 'renderer');
  mkdirSync(join(root, 'assets'), { recursive: true });
  writeFileSync(join(root, 'index.html'), '<!doctype html>');
  writeFileSync(join(root, 'assets', 'a.js'), '1');
  writeFileSync(join(root, '.hidden.js'), 'x');
  writeFileSync(join(root, 'notes.txt'), 'x');
  writeFileSync(join(base, 'secret.js'), 'secret');
  mkdirSync(join(base, 'renderer-other'));
  writeFileSync(join(base, 'renderer-other', 'b.js'), 'x');
  symlinkSync(join(base, 'secret.js'), join(root, 'link.js'));
});
afterAll(() => rmSync(base, { recursive: true }));

describe('readDashboardFile (checklist item 18)', () => {
  it('serves the page and its files', async () => {
    expect((await readDashboardFile(root, '/'))?.contentType).toBe('text/html; charset=utf-8');
    expect((await readDashboardFile(root, '/assets/a.js'))?.body.toString()).toBe('1');
  });

  it.each([
    '/../secret.js',
    '/%2e%2e/secret.js',
    '/..%2fsecret.js',
    '/assets/../../secret.js',
    '/..\\secret.js',
    '/%5c..%5csecret.js',
    '/../renderer-other/b.js',
    '//secret.js',
    '/link.js',
    '/.hidden.js',
    '/notes.txt',
    '/index.html%00.js',
    '/%E0%A4%A',
    '/assets',
  ])('gives nothing for %s', async (path) => {
    expect(await readDashboardFile(root, path)).toBeNull();
  });
});
