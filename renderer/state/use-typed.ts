import { useRef, useState } from 'react';

/**
 * A text field whose value lives in the address. The address follows a moment after each key, so what is typed is kept
 * here and what comes back of it is recognised; only a value from elsewhere (a link, going back) replaces it.
 */
export function useTyped(value: string, change: (typed: string) => void): [string, (typed: string) => void] {
  const [typed, setTyped] = useState(value);
  const [known, setKnown] = useState(value);
  const sent = useRef<string[]>([]);
  if (known !== value) {
    setKnown(value);
    const own = sent.current.indexOf(value);
    if (own < 0) setTyped(value);
    else sent.current = sent.current.slice(own + 1);
  }
  function type(next: string): void {
    sent.current.push(next);
    setTyped(next);
    change(next);
  }
  return [typed, type];
}
