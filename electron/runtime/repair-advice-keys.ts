import { CommandError } from '../../shared/contract/index.ts';
import type { AppConfigPatch } from '../../shared/model/config.ts';
import type { AdviceKeys } from './repair-advice.ts';

/** Of a host without a keychain. */
export const noAdviceKeys: AdviceKeys = {
  read: () => Promise.resolve(null),
  write: () =>
    Promise.reject(
      new CommandError(
        'unavailable',
        'This host has no keychain to keep a key in. Give it in the environment: SKILLWARD_ADVICE_KEY.',
      ),
    ),
};

/** A consent is for the endpoint it was given for: a patch that names another one takes it back. */
export function withoutOldConsent(patch: AppConfigPatch, baseUrl: string): AppConfigPatch {
  const next = patch.advice?.baseUrl;
  if (next === undefined || next === baseUrl) return patch;
  return { ...patch, advice: { ...patch.advice, consentedPreview: false } };
}
