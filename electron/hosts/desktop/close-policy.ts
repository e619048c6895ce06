export interface CloseFacts {
  /** The app is on its way out already. */
  readonly quitting: boolean;
  /** The person's setting. */
  readonly keepsRunning: boolean;
  readonly explained: boolean;
  /** Whether there is a tray to come back from. */
  readonly tray: boolean;
  readonly platform: NodeJS.Platform;
}

export interface CloseDecision {
  readonly act: 'close' | 'quit' | 'hide' | 'minimize';
  /** Say once what closing means, before it happens. */
  readonly explain: boolean;
}

/**
 * What closing the window does. The skills are what the app is for, so by default it goes on; but it is never hidden
 * without a way back: where there is no tray (and no dock, as on macOS) the window is only minimised.
 */
export function decideClose(facts: CloseFacts): CloseDecision {
  if (facts.quitting) return { act: 'close', explain: false };
  if (!facts.keepsRunning) return { act: 'quit', explain: false };
  const wayBack = facts.tray || facts.platform === 'darwin';
  return { act: wayBack ? 'hide' : 'minimize', explain: !facts.explained };
}
