import { CommandError } from '../../../shared/contract/index.ts';
import type { CredentialState } from '../../../shared/model/credential.ts';
import type { Handlers } from '../dispatcher.ts';
import type { Rooms } from '../rooms.ts';

/** Credentials: values go in and never come out; not in answers, not in events, not in what is written down. */
export function credentialCommands({ actions, credentials, keeper }: Rooms) {
  const state = (skillId: string, name: string) => {
    keeper.skill(skillId);
    return credentials.list(skillId).find((credential) => credential.name === name);
  };
  return {
    'credential.list': ({ skillId }) => {
      if (skillId !== undefined) keeper.skill(skillId);
      return { credentials: credentials.list(skillId), keptIn: credentials.keptIn };
    },
    'credential.set': async ({ skillId, name, value }) => {
      declared(state(skillId, name), skillId, name);
      if (value.includes('\0'))
        throw new CommandError(
          'invalid_payload',
          'value: holds a NUL character, which no environment can carry.',
        );
      await credentials.set(skillId, name, value);
      actions.record({
        kind: 'setCredential',
        skillId,
        origin: 'user',
        reason: `credential ${name} entered`,
      });
      keeper.tryMisconfigured(skillId);
      return { credential: declared(state(skillId, name), skillId, name) };
    },
    'credential.clear': async ({ skillId, name }) => {
      declared(state(skillId, name), skillId, name);
      if (await credentials.clear(skillId, name)) {
        actions.record({
          kind: 'clearCredential',
          skillId,
          origin: 'user',
          reason: `credential ${name} removed`,
        });
        keeper.tryMisconfigured(skillId);
      }
      return { credential: declared(state(skillId, name), skillId, name) };
    },
  } satisfies Partial<Handlers>;
}

function declared(credential: CredentialState | undefined, skillId: string, name: string): CredentialState {
  if (credential !== undefined) return credential;
  throw new CommandError(
    'not_found',
    `${skillId} declares no credential "${name}". Declare it under [[credentials]] in its manifest, then reload the skills.`,
  );
}
