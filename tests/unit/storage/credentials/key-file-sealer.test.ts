import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { KeyFileSealer } from '../../../../electron/storage/credentials/key-file-sealer.ts';

let base: string;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'sw-'));
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

const keyFolder = () => join(base, 'config', 'skillward');
function sealer(
  options: { used?: string[]; env?: Record<string, string>; instanceId?: string } = {},
): KeyFileSealer {
  return new KeyFileSealer({
    dataDir: join(base, 'data'),
    instanceId: options.instanceId ?? 'instance-1',
    env: options.env ?? { XDG_CONFIG_HOME: join(base, 'config'), HOME: base },
    platform: 'linux',
    usedKeys: new Set(options.used ?? []),
  });
}

describe('sealing with a key file', () => {
  it('opens again with the same key, also by a later host', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', minLength: 1 }), async (value) => {
        const sealed = await sealer().seal(value, 'place');
        expect(await sealer({ used: ['instance-1'] }).open(sealed, 'place')).toBe(value);
        expect(sealed.data.startsWith('v1.')).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  it('is another text each time, and never holds the value', async () => {
    const one = await sealer().seal('tok-secret', 'place');
    const other = await sealer().seal('tok-secret', 'place');
    expect(one.data).not.toBe(other.data);
    expect(Buffer.from(one.data.slice(3), 'base64url').includes('tok-secret')).toBe(false);
  });

  it('does not open in another place, with another key, or after any change', async () => {
    const sealed = await sealer().seal('tok', 'skill a');
    expect(await sealer().open(sealed, 'skill b')).toBeNull();
    await sealer({ instanceId: 'instance-2' }).seal('x', 'y');
    expect(await sealer().open({ ...sealed, keyId: 'instance-2' }, 'skill a')).toBeNull();
    const bytes = Buffer.from(sealed.data.slice(3), 'base64url');
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(
        await sealer().open({ ...sealed, data: `v1.${changed.toString('base64url')}` }, 'skill a'),
      ).toBeNull();
    }
    for (const data of ['', 'v1.', 'v2.AAAA', 'v1.AAAA', `v1.${'A'.repeat(37)}`, '....'])
      expect(await sealer().open({ ...sealed, data }, 'skill a')).toBeNull();
  });

  it('the key is its owner’s alone, 32 random bytes, outside the data folder', async () => {
    await sealer().seal('tok', 'place');
    expect(readdirSync(keyFolder())).toEqual(['instance-1.key']);
    const file = join(keyFolder(), 'instance-1.key');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(keyFolder()).mode & 0o777).toBe(0o700);
    expect(Buffer.from(readFileSync(file, 'utf8').trim(), 'base64url')).toHaveLength(32);
    const inside = { SKILLWARD_CREDENTIALS_KEY_FILE: join(base, 'data', 'the.key') };
    await expect(sealer({ env: inside }).seal('tok', 'place')).rejects.toThrow(
      'would lie in the data folder',
    );
  });

  it('a key that was lost is not made anew under its name: put back, it opens what it sealed', async () => {
    const sealed = await sealer().seal('old', 'place');
    const file = join(keyFolder(), 'instance-1.key');
    const key = readFileSync(file);
    rmSync(file);
    const later = sealer({ used: ['instance-1'] });
    expect(await later.open(sealed, 'place')).toBeNull();
    const fresh = await later.seal('new', 'place');
    expect(fresh.keyId).not.toBe('instance-1');
    writeFileSync(file, key);
    const restored = sealer({ used: ['instance-1', fresh.keyId ?? ''] });
    expect(await restored.open(sealed, 'place')).toBe('old');
    expect(await restored.open(fresh, 'place')).toBe('new');
  });

  it('a named key file is used, made where it is missing, and never overwritten', async () => {
    const file = join(base, 'secrets', 'my.key');
    const env = { SKILLWARD_CREDENTIALS_KEY_FILE: file };
    const sealed = await sealer({ env }).seal('tok', 'place');
    expect(await sealer({ env, used: ['instance-1'] }).open(sealed, 'place')).toBe('tok');
    writeFileSync(file, 'too short\n');
    await expect(sealer({ env, used: ['instance-1'] }).seal('tok', 'place')).rejects.toThrow(
      'cannot be kept',
    );
    expect(readFileSync(file, 'utf8')).toBe('too short\n');
  });

  it('an id that would lead elsewhere names no key', async () => {
    const sealed = await sealer().seal('tok', 'place');
    for (const keyId of ['../instance-1', 'a/b', '', '.', 'x'.repeat(65)])
      expect(await sealer().open({ ...sealed, keyId }, 'place')).toBeNull();
  });
});
