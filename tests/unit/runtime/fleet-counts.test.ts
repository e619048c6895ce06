import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fleetCountsOf } from '../../../electron/runtime/fleet/fleet-counts.ts';
import type { Skill } from '../../../shared/model/skill.ts';

const kinds = ['unknown', 'healthy', 'degraded', 'failing', 'quarantined'] as const;
const lifecycles = ['pending', 'testing', 'active', 'disabled', 'quarantined'] as const;
const skill = (kind: (typeof kinds)[number], lifecycle: (typeof lifecycles)[number], paused = false) =>
  ({ health: { status: { kind } }, lifecycle, paused }) as Skill;

it('counts every skill once, by what needs looking at first', () => {
  const skills = [
    skill('healthy', 'active'),
    skill('failing', 'quarantined'),
    skill('failing', 'active'),
    // Out of service: what its last check said is no news.
    skill('failing', 'disabled'),
    skill('healthy', 'active', true),
    skill('unknown', 'active'),
    skill('degraded', 'testing'),
  ];
  expect(fleetCountsOf(skills, 2)).toEqual({
    ...{ skills: 7, healthy: 1, degraded: 1, failing: 1, quarantined: 1, other: 3, openIncidents: 2 },
  });
  const any = fc.tuple(fc.constantFrom(...kinds), fc.constantFrom(...lifecycles), fc.boolean());
  fc.assert(
    fc.property(fc.array(any), (all) => {
      const {
        skills: total,
        openIncidents: _open,
        ...places
      } = fleetCountsOf(
        all.map((one) => skill(...one)),
        0,
      );
      expect(Object.values(places).reduce((sum, count) => sum + count, 0)).toBe(total);
    }),
  );
});
