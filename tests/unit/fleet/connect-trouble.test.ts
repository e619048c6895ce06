import { errors } from '@nats-io/transport-node';
import { beforeAll, describe, expect, it } from 'vitest';
import { connectPlan } from '../../../electron/fleet/link/connect-options.ts';
import { lostTrouble, type TroubleFacts, troubleOf } from '../../../electron/fleet/link/connect-trouble.ts';
import { readCreds } from '../../../electron/fleet/link/creds.ts';
import { loadNats } from '../../../electron/fleet/nats.ts';
import { appConfigSchema } from '../../../shared/model/config.ts';

const facts: TroubleFacts = {
  server: 'tls://broker.example.org:4222',
  auth: 'password',
  hasCa: false,
  secret: 'the-secret',
  nowMs: 1_700_000_000_000,
};
const withCode = (code: string) => Object.assign(new Error('as OpenSSL says it'), { code });
const wrapped = (cause: Error) => new errors.ConnectionError('failed', { cause });
const claims = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const creds = (value: object) =>
  `-----BEGIN NATS USER JWT-----\nheader.${claims(value)}.signature\n------END NATS USER JWT------\n\n-----BEGIN USER NKEY SEED-----\nSU${'A'.repeat(56)}\n------END USER NKEY SEED------\n`;

beforeAll(async () => {
  await loadNats();
});

describe('why there is no connection', () => {
  it.each([
    [new errors.AuthorizationError('no'), facts, 'does not accept this user and password'],
    [new errors.AuthorizationError('no'), { ...facts, auth: 'token' }, 'does not accept this token'],
    [new errors.AuthorizationError('no'), { ...facts, auth: 'none' }, 'asks for a credential'],
    [
      new errors.AuthorizationError('no'),
      { ...facts, auth: 'creds', secret: creds({ exp: 1 }) },
      'has expired',
    ],
    [new errors.AuthorizationError('no'), { ...facts, auth: 'creds', secret: creds({}) }, 'this creds file'],
    [new errors.UserAuthenticationExpiredError('expired'), facts, 'has expired'],
    [wrapped(withCode('CERT_HAS_EXPIRED')), facts, 'has expired'],
    [withCode('CERT_NOT_YET_VALID'), facts, 'clocks'],
    [withCode('ERR_TLS_CERT_ALTNAME_INVALID'), facts, 'another name'],
    [withCode('SELF_SIGNED_CERT_IN_CHAIN'), facts, 'Join again with --ca'],
    [withCode('DEPTH_ZERO_SELF_SIGNED_CERT'), { ...facts, hasCa: true }, 'the file given with --ca'],
    [withCode('ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED'), facts, 'a certificate of the client'],
    [new errors.ConnectionError("server does not support 'tls'"), facts, 'does not encrypt'],
  ] as const)('needs a person: %s', (error, told, words) => {
    const { problem, trouble } = troubleOf(error, told);
    expect(trouble).toBe('refused');
    expect(problem).toContain(words);
    expect(problem).toContain('broker.example.org');
    expect(problem).not.toContain('the-secret');
  });

  it.each([
    [wrapped(withCode('ECONNREFUSED')), 'ECONNREFUSED'],
    [withCode('ENOTFOUND'), 'ENOTFOUND'],
    [new errors.TimeoutError(), 'no answer in time'],
    [undefined, 'it hung up'],
  ])('needs only time: %s', (error, words) => {
    expect(troubleOf(error, facts)).toMatchObject({
      trouble: 'waiting',
      problem: expect.stringContaining(words),
    });
  });

  it('tells a connection that was lost from one that was ended', () => {
    expect(lostTrouble(undefined, facts)).toMatchObject({
      trouble: 'waiting',
      problem: expect.stringContaining('is lost'),
    });
    expect(lostTrouble(new errors.UserAuthenticationExpiredError('expired'), facts).trouble).toBe('refused');
  });

  it('is said before anything is sent when it is known already', () => {
    const config = (fleet: object) => appConfigSchema.parse({ fleet }).fleet;
    const planned = (fleet: object, secret: string | null = 'the-secret') =>
      connectPlan(config(fleet), secret, 'here');
    const servers = ['tls://broker.example.org', 'tls://[::1]:4333'];
    expect(planned({ servers: ['nats://10.0.0.1'] })).toMatchObject({ ok: false });
    expect(planned({ servers, auth: 'token' }, null)).toMatchObject({
      ok: false,
      problem: expect.stringContaining('cannot be read any more'),
    });
    expect(planned({ servers, caFile: import.meta.filename })).toMatchObject({
      ok: false,
      problem: expect.stringContaining('holds no certificate'),
    });
    const plan = planned({ servers, auth: 'password', user: 'me' });
    expect(plan.ok && plan.servers.map(({ options }) => options)).toMatchObject([
      {
        servers: 'broker.example.org:4222',
        user: 'me',
        pass: 'the-secret',
        reconnect: false,
        tls: { host: 'broker.example.org' },
      },
      { servers: '[::1]:4333', tls: { host: '::1' } },
    ]);
    const plain = planned({ servers: ['nats://127.0.0.1'] });
    expect(plain.ok && plain.servers[0]?.options).not.toHaveProperty('tls');
  });
});

describe('a creds file', () => {
  it('says when it ends, and is nothing else', () => {
    expect(readCreds(creds({ exp: 1_700_000_000 }))).toEqual({ ok: true, expiresAt: 1_700_000_000_000 });
    expect(readCreds(creds({}))).toEqual({ ok: true, expiresAt: null });
    for (const text of [
      '',
      'x',
      creds({ exp: 'soon' }),
      creds({}).replace('SUA', 'XXA'),
      creds({}).split('-----BEGIN USER')[0] ?? '',
    ])
      expect(readCreds(text)).toMatchObject({ ok: false });
  });
});
