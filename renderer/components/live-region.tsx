import { VisuallyHidden } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useHost } from '../state/host-store.ts';
import { displayState } from './display-state.ts';

/** One sentence at most every 5 s, in ms. */
const GAP_MS = 5000;
/** Words worth saying aloud; a routine restart or a first check is not. */
const SAID: ReadonlySet<string> = new Set([
  'Healthy',
  'Degraded',
  'Failing',
  'Failed',
  'Quarantined',
  'Broken',
]);

/** The page's one polite live region: tells screen readers of state changes, never of single checks. */
export function LiveRegion() {
  const [sentence, setSentence] = useState('');
  useEffect(() => {
    const changed = new Map<string, string>();
    const endWatch = useHost.subscribe((state, before) => {
      if (state.skills === before.skills || !before.loaded) return;
      for (const [id, skill] of Object.entries(state.skills)) {
        const old = before.skills[id];
        if (old === undefined || old === skill) continue;
        const { word } = displayState(skill);
        if (word !== displayState(old).word && SAID.has(word)) changed.set(id, word);
      }
    });
    const timer = setInterval(() => {
      if (changed.size === 0) return;
      setSentence(sentenceOf(changed));
      changed.clear();
    }, GAP_MS);
    return () => {
      endWatch();
      clearInterval(timer);
    };
  }, []);
  return (
    <VisuallyHidden role="status" aria-live="polite">
      {sentence}
    </VisuallyHidden>
  );
}

function sentenceOf(changed: ReadonlyMap<string, string>): string {
  const all = [...changed].map(([id, word]) => `${id} is now ${word.toLowerCase()}`);
  if (all.length <= 3) return `${all.join(', ')}.`;
  return `${all.slice(0, 2).join(', ')}, and ${all.length - 2} more skills changed.`;
}
