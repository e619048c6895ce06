/** One protection each: the edit that switches it off, and the beginning of the scenario's name that has to notice. */
export const mutations = [
  {
    name: 'no SIGKILL after SIGTERM',
    edits: [
      {
        file: 'electron/skills/escalation.ts',
        find: "else if (stage === 'killed') this.#ports.kill();",
        replace: '',
      },
    ],
    scenario: '21 ignores everything but SIGKILL',
  },
  {
    name: 'no sweep of the group',
    edits: [
      {
        file: 'electron/skills/run.ts',
        find: "this.#ports.tree.signalGroup(this.pid, 'SIGKILL', true);",
        replace: '',
      },
      {
        file: 'electron/skills/sweep.ts',
        find: "const group = tree.signalGroup(target.pid, 'SIGKILL', true);",
        replace: "const group: string = 'gone';",
      },
    ],
    scenario: '19 a leader that crashes',
  },
  {
    name: 'no reset after a stable run',
    edits: [
      {
        file: 'electron/skills/restart-plan.ts',
        find: 'this.#clock.after(afterMs, () => this.beginAnew());',
        replace: 'this.#clock.after(afterMs, () => undefined);',
      },
    ],
    scenario: '17 slow crash loop',
  },
  {
    name: 'no failure window',
    edits: [
      {
        file: 'electron/core/health/monitor.ts',
        find: 'const full = window.length >= maxFailuresInWindow;',
        replace: 'const full = false;',
      },
    ],
    scenario: '17 slow crash loop',
  },
  {
    name: 'no cap on lines',
    edits: [
      {
        file: 'electron/skills/line-reader.ts',
        find: 'if (length > maxBytes + 1 || (length === maxBytes + 1 && !this.#endsInReturn(chunk, from, to))) {',
        replace: 'if (length < 0) {',
      },
    ],
    scenario: '10 lines of 100 KB',
  },
  {
    name: 'no handler for EPIPE',
    edits: [
      {
        file: 'electron/skills/spawn.ts',
        find: "for (const stream of [node.stdin, node.stdout, node.stderr]) stream?.on('error', ignoreStreamError);",
        replace:
          "for (const stream of [node.stdin, node.stdout, node.stderr]) stream?.removeAllListeners('error');",
      },
    ],
    scenario: '15 never reads its input',
  },
  {
    name: 'quarantine is not written',
    edits: [
      {
        file: 'electron/runtime/skill-keeper.ts',
        find: "book.decide(skillId, { lifecycle: 'quarantined' });\n    book.noteStatusChange(skillId);",
        replace: '',
      },
    ],
    scenario: '26 a state file of a newer version',
  },
  {
    name: 'no identity check of orphans',
    edits: [
      {
        file: 'electron/skills/orphans.ts',
        find: 'if (startTicks !== null && identity === startTicks)',
        replace: 'if (identity !== startTicks || startTicks !== null)',
      },
    ],
    scenario: '22 a stranger that got the pid',
  },
  {
    name: 'no single flight',
    edits: [
      {
        file: 'electron/skills/slot.ts',
        find: 'while (!outdated() && (this.#spawning !== null || this.#run !== null)) {',
        replace: 'while (!outdated() && Date.now() < 0) {',
      },
    ],
    scenario: 'twenty mixed orders at once',
  },
  {
    name: 'wall clock instead of the monotonic one',
    edits: [
      {
        file: 'electron/runtime/real-clock.ts',
        find: 'monotonicMs: () => performance.now(),',
        replace: 'monotonicMs: () => Date.now(),',
      },
    ],
    scenario: '24 the wall clock is set',
  },
];
