import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  describeExit,
  type ExitFacts,
  outcomeOfExit,
  spawnCause,
} from '../../../../electron/core/supervision/causes.ts';
import { causeKindSchema } from '../../../../shared/model/health.ts';

const facts: ExitFacts = {
  exitCode: null,
  signal: null,
  askedToStop: false,
  killedBy: null,
  handshakeDone: true,
  lastStderrLine: null,
  uptimeMs: 12_000,
};
const exit = (part: Partial<ExitFacts>) => describeExit({ ...facts, ...part });

describe('describeExit', () => {
  it('names code and last stderr line of a crash', () => {
    expect(exit({ exitCode: 1, lastStderrLine: "KeyError: 'x'\n" })).toEqual({
      kind: 'exit',
      message: "exited with code 1: KeyError: 'x'",
      exitCode: 1,
      signal: null,
    });
  });

  it('says when it was before the handshake', () => {
    const message = "ModuleNotFoundError: No module named 'requests'";
    expect(exit({ exitCode: 1, handshakeDone: false, lastStderrLine: message })).toMatchObject({
      kind: 'exit',
      message: `exited with code 1 before the handshake: ${message}`,
    });
  });

  it('does not take a clean exit nobody asked for as normal', () => {
    expect(exit({ exitCode: 0 })).toMatchObject({
      kind: 'exit',
      message: 'exited with code 0 though nobody asked it to',
    });
    expect(exit({ exitCode: 0, handshakeDone: false }).message).toBe(
      'exited with code 0 before the handshake though nobody asked it to',
    );
  });

  it('tells a foreign kill from its own', () => {
    expect(exit({ signal: 'SIGKILL' })).toEqual({
      kind: 'signal',
      message: 'killed by SIGKILL, not by Skillward (out of memory?)',
      exitCode: null,
      signal: 'SIGKILL',
    });
    expect(exit({ signal: 'SIGTERM' }).message).toBe('killed by SIGTERM, not by Skillward');
    expect(
      exit({ signal: 'SIGSEGV', handshakeDone: false, lastStderrLine: 'Fatal Python error' }).message,
    ).toBe(
      'killed by SIGSEGV before the handshake, not by Skillward (a fault in native code): Fatal Python error',
    );
  });

  it.each([
    ['hang', 'ended by Skillward: it no longer answered'],
    ['memory', 'ended by Skillward: it used more memory than allowed'],
    ['stdout-closed', 'ended by Skillward: it closed its standard output and could no longer be heard'],
    ['handshake-timeout', 'ended by Skillward: it did not answer the handshake in time'],
    ['pollution', 'ended by Skillward: it flooded its standard output with what is not JSON'],
  ] as const)('keeps the reason of its own kill apart: %s', (killedBy, message) => {
    expect(exit({ signal: 'SIGKILL', killedBy })).toMatchObject({ kind: killedBy, message });
  });

  it('counts an ordered stop for nobody, however the process ended', () => {
    expect(exit({ askedToStop: true, exitCode: 0 })).toMatchObject({
      kind: 'killed-by-us',
      message: 'stopped as ordered after 12 s (exit code 0)',
    });
    expect(exit({ askedToStop: true, signal: 'SIGKILL' }).message).toBe(
      'stopped as ordered after 12 s (SIGKILL)',
    );
  });

  it('keeps a reason of its own through the stop that carries it out', () => {
    expect(exit({ askedToStop: true, killedBy: 'hang', signal: 'SIGTERM' }).kind).toBe('hang');
  });

  it('reads the signal a shell or uv passed on as an exit code', () => {
    expect(exit({ exitCode: 137 }).message).toBe('exited with code 137 (SIGKILL: out of memory?)');
  });

  it('has words where the system gives none', () => {
    expect(exit({})).toMatchObject({ kind: 'exit', message: 'ended, how is not known' });
  });

  it('reads the same however long the run was, so that the same failure is recognised', () => {
    const crash = { exitCode: 1, lastStderrLine: 'boom' };
    expect(exit({ ...crash, uptimeMs: 5 })).toEqual(exit({ ...crash, uptimeMs: 5_000_000 }));
  });

  it('bounds what a hostile stderr can put into a cause', () => {
    expect(exit({ exitCode: 1, lastStderrLine: 'x'.repeat(1_000_000) }).message.length).toBeLessThan(600);
  });

  it('gives a kind of the closed set and a message for whatever happened', () => {
    const any = fc.record<ExitFacts>({
      exitCode: fc.option(fc.integer()),
      signal: fc.option(fc.constantFrom('SIGKILL', 'SIGINT', 'constructor', '__proto__')),
      askedToStop: fc.boolean(),
      killedBy: fc.option(
        fc.constantFrom('hang', 'memory', 'stdout-closed', 'handshake-timeout', 'pollution'),
      ),
      handshakeDone: fc.boolean(),
      lastStderrLine: fc.constantFrom(null, '', 'KeyError: x'),
      uptimeMs: fc.nat(),
    });
    fc.assert(
      fc.property(any, (happened) => {
        const { kind, message } = describeExit(happened);
        expect(causeKindSchema.safeParse(kind).success).toBe(true);
        expect(message).not.toMatch(/undefined|null|\[object|function/);
      }),
      { examples: [[{ ...facts, signal: 'constructor' }], [{ ...facts, signal: '__proto__' }]] },
    );
  });
});

describe('spawnCause', () => {
  it.each(['ENOENT', 'EACCES', 'EPERM', 'ENOTDIR', 'E2BIG', 'EINVAL', 'ENOEXEC', 'ERR_INVALID_ARG_VALUE'])(
    'takes %s for a matter of configuration',
    (code) => {
      expect(spawnCause(code, 'spawn x').kind).toBe('configuration');
    },
  );

  it.each(['EAGAIN', 'EMFILE', 'ENFILE', 'ENOMEM', 'ETXTBSY', 'EWHATEVER', '', null, undefined])(
    'takes %s for something that may pass',
    (code) => {
      expect(spawnCause(code, 'spawn x').kind).toBe('spawn');
    },
  );

  it('says what the code means and what the system said, within bounds', () => {
    expect(spawnCause('ENOENT', 'spawn python9 ENOENT')).toEqual({
      kind: 'configuration',
      message: 'could not be started, no such program or folder: spawn python9 ENOENT',
      exitCode: null,
      signal: null,
    });
    expect(spawnCause('EODD', 'odd').message).toBe('could not be started: odd');
    expect(spawnCause('constructor', 'odd').message).toBe('could not be started: odd');
    expect(spawnCause('E2BIG', 'x'.repeat(9000)).message.length).toBeLessThan(600);
  });
});

describe('outcomeOfExit', () => {
  it('makes an exit an outcome at once (rule 8)', () => {
    expect(outcomeOfExit(exit({ exitCode: 3, lastStderrLine: 'dying now' }))).toEqual({
      kind: 'unreachable',
      reason: 'exited with code 3: dying now',
      cause: 'exit',
    });
  });
});
