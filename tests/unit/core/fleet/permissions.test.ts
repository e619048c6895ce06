import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fleetPermissions, refusalOf } from '../../../../electron/core/fleet/permissions.ts';
import { type CommandName, commandNames } from '../../../../shared/contract/index.ts';

const roles = ['viewer', 'operator'] as const;
const subjects = ['view', 'operate'] as const;

describe('what other hosts may ask', () => {
  it('is said of every command, and of nothing else', () => {
    expect(Object.keys(fleetPermissions).sort()).toEqual([...commandNames].sort());
  });

  it('never lets code, settings, secrets, files or the fleet itself be touched from outside', () => {
    const guarded = commandNames.filter((name) =>
      /^(credential|environment|import|fleet|config|fix\.advice)\.|^skill\.(invoke|install|stage|inspect|remove|rollback)$|^scheduler\.(create|update|delete)$|\.(import|delete)$|^host\.environment$|^events\./.test(
        name,
      ),
    );
    // Reading the settings is looking, without what what-leaves.ts takes out.
    const open = guarded.filter((name) => fleetPermissions[name] !== 'never');
    expect(guarded.length).toBeGreaterThan(30);
    expect(open).toEqual(['config.get']);
  });

  it('lets only an operator’s host be changed, and only on the subject for it', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...commandNames),
        fc.constantFrom(...subjects),
        fc.constantFrom(...roles),
        fc.anything(),
        (command: CommandName, subject, role, payload) => {
          const refusal = refusalOf({ command, payload, subject }, role);
          const permission: string = fleetPermissions[command];
          if (permission === 'view') expect(refusal).toBeNull();
          if (permission === 'never') expect(refusal).toContain('not carried out for other hosts');
          if (refusal === null && permission !== 'view') {
            expect({ permission, subject, role }).toEqual({
              permission: 'operate',
              subject: 'operate',
              role: 'operator',
            });
          }
        },
      ),
    );
    expect(refusalOf({ command: 'skill.stop', payload: {}, subject: 'operate' }, 'operator')).toBeNull();
  });

  it('does not let a fix be given leave to act by itself', () => {
    const ask = (payload: unknown) =>
      refusalOf({ command: 'fix.update', payload, subject: 'operate' }, 'operator');
    expect(ask({ fixId: 1, fixDescription: 'x', autoApply: true })).toContain('autoApply');
    expect(ask({ fixId: 1, fixDescription: 'x', autoApply: false })).toBeNull();
    expect(ask({ fixId: 1, fixDescription: 'x' })).toBeNull();
  });
});
