import { useLayoutEffect, useRef } from 'react';
import { TextBlock } from '../../../components/text-block.tsx';

/** Nearer than this to the end, px, the output is followed; further up somebody reads. */
const FOLLOW_PX = 24;

/** What a job prints, as it comes. Stays at the end unless somebody has scrolled up. */
export function EnvironmentOutput({ text }: { text: string }) {
  const box = useRef<HTMLElement>(null);
  const follow = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: new text is what moves the end
  useLayoutEffect(() => {
    if (follow.current && box.current !== null) box.current.scrollTop = box.current.scrollHeight;
  }, [text]);
  if (text === '') return null;
  return (
    <TextBlock
      ref={box}
      live
      label="Output"
      text={text}
      onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
        follow.current = scrollHeight - scrollTop - clientHeight < FOLLOW_PX;
      }}
    />
  );
}
