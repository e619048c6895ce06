/** What of an IPC event decides whether it is heard. `senderFrame` is null once the frame has gone. */
export interface SenderFacts {
  readonly sender: { readonly id: number };
  readonly senderFrame: { readonly origin: string; readonly parent: unknown } | null;
}

/**
 * Checklist item 17: a message is heard only from a window we made, from our origin, from the main frame.
 * Must be asked synchronously: after the frame has navigated, its facts are gone.
 */
export function isTrustedSender(
  event: SenderFacts,
  ourContentsIds: ReadonlySet<number>,
  ourOrigin: string,
): boolean {
  const { sender, senderFrame } = event;
  return (
    ourContentsIds.has(sender.id) &&
    senderFrame !== null &&
    senderFrame.parent === null &&
    senderFrame.origin === ourOrigin
  );
}
