import { describe, expect, test } from 'vitest';
import { Escalation } from '../../../electron/skills/escalation.ts';
import { FakeClock } from '../../support/harness/fake-clock.ts';

function escalation() {
  const clock = new FakeClock();
  const steps: string[] = [];
  const step = (name: string) => () => void steps.push(`${name}@${clock.monotonicMs()}`);
  const ports = {
    clock,
    ask: step('ask'),
    terminate: step('term'),
    kill: step('kill'),
    giveUp: step('give-up'),
  };
  return { clock, steps, escalation: new Escalation(ports) };
}

describe('Escalation', () => {
  test('asks, terminates, kills and gives up, each once and exactly at its deadline', async () => {
    const { clock, steps, escalation: it } = escalation();
    it.press({ from: 'asked', graceMs: 2000 });
    await clock.advance(1999);
    expect(steps).toEqual(['ask@0']);
    await clock.advance(1);
    expect(steps).toEqual(['ask@0', 'term@2000']);
    await clock.advance(60_000);
    expect(steps).toEqual(['ask@0', 'term@2000', 'kill@4000', 'give-up@6000']);
    expect(clock.pending).toBe(0);
  });

  test('an end in between stops it', async () => {
    const { clock, steps, escalation: it } = escalation();
    it.press({ from: 'asked', graceMs: 2000 });
    await clock.advance(2000);
    it.ended();
    it.press({ from: 'killed', graceMs: 0 });
    await clock.advance(60_000);
    expect(steps).toEqual(['ask@0', 'term@2000']);
    expect(clock.pending).toBe(0);
  });

  test('the same order again changes nothing', async () => {
    const { clock, steps, escalation: it } = escalation();
    it.press({ from: 'asked', graceMs: 2000 });
    await clock.advance(1000);
    it.press({ from: 'asked', graceMs: 2000 });
    await clock.advance(60_000);
    expect(steps).toEqual(['ask@0', 'term@2000', 'kill@4000', 'give-up@6000']);
  });

  test('a hang is not asked', async () => {
    const { clock, steps, escalation: it } = escalation();
    it.press({ from: 'terminated', graceMs: 500 });
    await clock.advance(60_000);
    expect(steps).toEqual(['term@0', 'kill@500', 'give-up@2500']);
  });

  test('a more urgent order skips steps and never goes back', async () => {
    const { clock, steps, escalation: it } = escalation();
    it.press({ from: 'asked', graceMs: 60_000 });
    await clock.advance(100);
    it.press({ from: 'terminated', graceMs: 300 });
    it.press({ from: 'asked', graceMs: 60_000 });
    await clock.advance(60_000);
    expect(steps).toEqual(['ask@0', 'term@100', 'kill@400', 'give-up@2400']);
  });

  test('a host in a hurry shortens what is under way, never lengthens it', async () => {
    const { clock, steps, escalation: it } = escalation();
    it.press({ from: 'asked', graceMs: 60_000 });
    await clock.advance(10_000);
    it.press({ from: 'asked', graceMs: 1000, killGraceMs: 500 });
    it.press({ from: 'asked', graceMs: 30_000 });
    await clock.advance(60_000);
    expect(steps).toEqual(['ask@0', 'term@11000', 'kill@12000', 'give-up@12500']);
  });
});
