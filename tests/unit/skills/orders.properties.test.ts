import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { SpawnRequest, SpawnResult } from '../../../electron/skills/spawn.ts';
import { StartGate } from '../../../electron/skills/start-gate.ts';
import { Supervisor } from '../../../electron/skills/supervisor.ts';
import { TurnLane } from '../../../electron/skills/turn-lane.ts';
import { FakeClock, settle } from '../../support/harness/fake-clock.ts';
import { type FakeChild, FakeSpawn, FakeTree } from '../../support/harness/fake-process.ts';
import { defaultHealth, defaultRestart } from '../../support/harness/settings.ts';

/** What people, the monitor, the skill and time may do, in any order. */
const event = fc.oneof(
  fc.constantFrom(
    'start',
    'stop',
    'restart',
    'restartAfterFailure',
    'answers',
    'crashes',
    'refuses',
    'turn' as const,
  ),
  fc.integer({ min: 1, max: 5000 }),
);

class World {
  readonly clock = new FakeClock();
  readonly os = new FakeSpawn();
  readonly tree = new FakeTree();
  readonly dead = new Set<FakeChild>();
  downs = 0;
  /** The most processes that ever lived at the same time. */
  atOnce = 0;
  readonly supervisor = new Supervisor(
    {
      clock: this.clock,
      random: () => 0,
      hostVersion: '1',
      instanceId: 'unit',
      registry: { put: () => {}, remove: () => {}, all: () => [] },
      plan: async (skillId) => {
        await Promise.resolve();
        return { ok: true, plan: { ...plan, skillId } };
      },
      settings: () => ({ restart: defaultRestart, health: defaultHealth }),
      onProcess: () => {},
      onDown: () => {
        this.downs += 1;
      },
      onLog: () => {},
    },
    {
      tree: this.tree,
      spawn: (request) => this.#spawn(request),
      gate: new StartGate(this.clock),
      lane: new TurnLane((go) => go()),
      afterPendingInput: (run) => run(),
    },
  );

  constructor() {
    // SIGKILL works, everything gentler is ignored.
    this.tree.signalGroup = (pid, signal, leaderReaped) => {
      const child = this.living().find((one) => one.pid === pid);
      if (signal === 'SIGKILL' && !leaderReaped && child !== undefined) this.end(child, { signal });
      return child === undefined ? 'gone' : 'sent';
    };
  }

  async #spawn(request: SpawnRequest): Promise<SpawnResult> {
    const result = await this.os.spawn(request);
    this.atOnce = Math.max(this.atOnce, this.living().length);
    return result;
  }

  living(): readonly FakeChild[] {
    return this.os.children.filter((child) => !this.dead.has(child));
  }

  end(child: FakeChild | undefined, how: { exitCode?: number; signal?: string }): void {
    if (child === undefined) return;
    this.dead.add(child);
    child.exit(how);
  }

  async happen(what: string | number): Promise<void> {
    const { supervisor } = this;
    const [child] = this.living();
    if (typeof what === 'number') await this.clock.advance(what);
    else if (what === 'start') supervisor.start('x').catch(() => {});
    else if (what === 'stop') supervisor.stop('x').catch(() => {});
    else if (what === 'restart') supervisor.restart('x').catch(() => {});
    else if (what === 'restartAfterFailure') supervisor.restartAfterFailure('x', 1);
    else if (what === 'crashes') this.end(child, { exitCode: 1 });
    else if (what === 'answers') child?.answer({ name: 'x', version: '1' });
    else if (what === 'refuses') child?.answer({ name: 'y', version: '1' });
    else await settle(1);
  }
}

const plan = {
  skillId: 'x',
  protocol: 'skill' as const,
  command: 'python3',
  args: [],
  cwd: '/',
  env: {},
  interpreter: 'python3',
  expectedName: 'x',
};

test('whatever is ordered and whatever happens: at most one process lives, one failure per run at most, a stop is final', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(event, { maxLength: 40 }), async (events) => {
      const world = new World();
      for (const what of events) {
        await world.happen(what);
      }
      // Whatever went before, once it has come to its end a start leads to a running skill.
      await world.clock.advance(20_000);
      const running = world.supervisor.start('x');
      await world.clock.advance(5000);
      if (world.supervisor.process('x').state !== 'running') await world.happen('answers');
      await running;
      expect(world.atOnce).toBe(1);
      expect(world.downs).toBeLessThanOrEqual(world.os.children.length);
      const stopped = world.supervisor.stop('x');
      await world.clock.advance(10_000);
      await stopped;
      const started = world.os.children.length;
      world.supervisor.restartAfterFailure('x', 1);
      await world.clock.advance(200_000);
      expect(world.living()).toEqual([]);
      expect(world.os.children).toHaveLength(started);
      expect(world.supervisor.process('x').state).toBe('stopped');
    }),
    { numRuns: 150 },
  );
}, 60_000);
