import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const builder = createRequire(createRequire(import.meta.url).resolve('electron-builder/package.json'));

type Config = Record<string, unknown> & { readonly electronFuses: Record<string, boolean> };
interface Builder {
  getConfig(projectDir: string, configPath: string, options: null): Promise<Config>;
  validateConfiguration(config: unknown, logger: { add(): void }): Promise<void>;
}
interface Schema {
  readonly definitions: { readonly FuseOptionsV1: { readonly properties: Record<string, unknown> } };
}
const { getConfig, validateConfiguration } = builder('app-builder-lib/out/util/config/config') as Builder;
const schema = builder('app-builder-lib/scheme.json') as Schema;
const logger = { add: () => undefined };

let config: Config;
beforeAll(async () => {
  config = await getConfig(root, `${root}electron-builder.yml`, null);
});

describe('electron-builder.yml', () => {
  test('is valid by electron-builder’s own schema, which refuses what it does not know', async () => {
    await expect(validateConfiguration(config, logger)).resolves.toBeUndefined();
    await expect(validateConfiguration({ ...config, electronFuse: {} }, logger)).rejects.toThrow(
      /electronFuse/,
    );
  });

  test('sets every fuse there is, each to its safe side', () => {
    expect(Object.keys(config.electronFuses).sort()).toEqual(
      Object.keys(schema.definitions.FuseOptionsV1.properties).sort(),
    );
    expect(config.electronFuses).toEqual({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false,
      resetAdHocDarwinSignature: false,
    });
    expect(config).toMatchObject({
      asar: true,
      win: { verifyUpdateCodeSignature: true },
      mac: { hardenedRuntime: true },
    });
  });

  test('makes the four packages, and the system hands our links to the app', () => {
    expect(config).toMatchObject({
      linux: { target: ['AppImage', 'deb'] },
      mac: { target: ['dmg', 'zip'] },
      win: { target: ['nsis'] },
      protocols: [{ schemes: ['skillward'] }],
    });
  });
});

describe('the pictures', () => {
  test.each(['well', 'watch', 'trouble', 'paused'])('the tray has %s for every platform', (state) => {
    expect(sizeOfPng(`build/tray/${state}.png`)).toBe(24);
    expect(sizeOfPng(`build/tray/${state}@2x.png`)).toBe(48);
    expect(sizeOfPng(`build/tray/${state}Template.png`)).toBe(16);
    expect(sizeOfPng(`build/tray/${state}Template@2x.png`)).toBe(32);
    expect(readFileSync(`${root}build/tray/${state}.ico`).readUInt16LE(2)).toBe(1);
  });

  test('the app has its icon for every platform', () => {
    expect(sizeOfPng('build/icon.png')).toBe(512);
    expect(sizeOfPng('build/icons/256x256.png')).toBe(256);
    expect(readFileSync(`${root}build/icon.ico`).readUInt16LE(4)).toBe(6);
    expect(readFileSync(`${root}build/icon.icns`).toString('latin1', 0, 4)).toBe('icns');
  });
});

/** The width in the header of a PNG. */
function sizeOfPng(path: string): number {
  const bytes = readFileSync(`${root}${path}`);
  expect(bytes.toString('latin1', 1, 4)).toBe('PNG');
  return bytes.readUInt32BE(16);
}
