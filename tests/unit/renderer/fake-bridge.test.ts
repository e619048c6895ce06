import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ranges, windowAt } from '../../../renderer/state/ranges.ts';
import { commands, type ResponseEnvelope } from '../../../shared/contract/index.ts';
import { createFakeBridge } from '../../support/fake-bridge.ts';

// The playground answers through the contract's schemas: if the contract moves on, this says so before a person does.
describe('the fake host', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: Date.UTC(2026, 10, 22, 12) });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  async function settle(answer: Promise<ResponseEnvelope>): Promise<ResponseEnvelope> {
    await vi.advanceTimersByTimeAsync(2000);
    return answer;
  }

  it.each(['twelve', 'healthy', 'empty', 'crowd'] as const)('tells its state: %s', async (scenario) => {
    const bridge = createFakeBridge(scenario);
    const response = await settle(bridge.commands['state.snapshot']({}));
    expect(response.error).toBeNull();
  });

  it('answers what the screens ask', async () => {
    const bridge = createFakeBridge();
    const over = windowAt(ranges['24h'], Date.now());
    const skillId = 'channel-discord';
    const answers = [
      bridge.commands['runtime.status']({}),
      bridge.commands['history.query']({ skillId, ...over, points: 288 }),
      bridge.commands['history.checks']({ skillId }),
      bridge.commands['action.list']({ skillId }),
      bridge.commands['logs.read']({ skillId, limit: 100 }),
      bridge.commands['fix.list']({}),
      bridge.commands['fix.match']({
        error: 'httpx.ConnectError: [Errno -2] Name or service not known',
        skillId,
      }),
      bridge.commands['scheduler.history']({}),
      bridge.commands['config.patch']({ health: { checkIntervalSecs: 2 } }),
      bridge.commands['skill.quarantine']({ skillId, reason: 'for a test' }),
    ];
    for (const answer of answers) expect((await settle(answer)).error).toBeNull();
    const beats = await settle(bridge.commands['history.heartbeats']({ ...over, cells: 96 }));
    expect(commands['history.heartbeats'].answer.safeParse(beats.payload).success).toBe(true);
  });

  it('refuses what the contract refuses', async () => {
    const bridge = createFakeBridge();
    const wrong = await settle(bridge.commands['skill.start']({ skillId: 'NOT an id' }));
    expect(wrong.error?.code).toBe('invalid_payload');
    const unknown = await settle(bridge.commands['skill.start']({ skillId: 'nobody' }));
    expect(unknown.error?.code).toBe('not_found');
  });
});
