import { describe, expect, it } from 'vitest';
import { readToken } from '../../../renderer/bridge/token.ts';

const TOKEN = 'abcDEF0123456789_-xyz';

function stage(hash: string, kept: string | null = null) {
  const shown: string[] = [];
  const store = new Map<string, string>(kept === null ? [] : [['skillward.token', kept]]);
  const token = readToken(
    { hash, pathname: '/', search: '' },
    { replaceState: (_data, _unused, url) => shown.push(url) },
    { getItem: (key) => store.get(key) ?? null, setItem: (key, value) => void store.set(key, value) },
  );
  return { token, shown, kept: store.get('skillward.token') ?? null };
}

describe('readToken', () => {
  it('takes the token from the address once, keeps it for this tab and removes it from the address', () => {
    expect(stage(`#token=${TOKEN}`)).toEqual({ token: TOKEN, shown: ['/'], kept: TOKEN });
  });
  it('uses the kept one after a reload and leaves a screen’s address alone', () => {
    expect(stage('#/skill/weather', TOKEN)).toEqual({ token: TOKEN, shown: [], kept: TOKEN });
  });
  it('prefers a new one from the address, a host that was started again', () => {
    expect(stage(`#token=${TOKEN}`, 'older-older-older-older').kept).toBe(TOKEN);
  });
  it('has none where nobody gave one', () => {
    expect(stage('').token).toBeNull();
  });
  it('refuses what could not be part of a subprotocol, and still clears the address', () => {
    expect(stage('#token=<script>')).toEqual({ token: null, shown: ['/'], kept: null });
  });
});
