import type { CredentialState } from '../../../../shared/model/credential.ts';
import type { StateKind } from '../../../components/display-state.ts';

/** Shape and words for where a credential's value comes from. */
export function sourceWords({ source, required, envVar }: CredentialState): {
  readonly state: StateKind;
  readonly words: string;
} {
  switch (source) {
    case 'stored':
      return { state: 'ok', words: 'entered' };
    case 'environment':
      return { state: 'ok', words: `from the environment of Skillward (${envVar})` };
    case 'default':
      return { state: 'ok', words: 'default of its manifest' };
    case 'missing':
      return required
        ? { state: 'bad', words: 'missing: it is not started without it' }
        : { state: 'none', words: 'not set (it can do without)' };
  }
}
