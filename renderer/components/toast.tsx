import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { FeedbackAction } from '../state/feedback.ts';
import { onHostLeft } from '../state/shown-host.ts';

/** What to do about it, offered in the toast. */
export type ToastAction = FeedbackAction;

const SUCCESS_MS = 5000;
const WITH_ACTION_MS = 10_000;

/** Something a person asked for is done. Goes away by itself; with an action (Undo) it stays longer. `key` replaces an older one. */
export function toastDone(
  title: string,
  options: { action?: ToastAction; body?: string; key?: string } = {},
): void {
  const id = replaced(options.key ?? title);
  notifications.show({
    id,
    title,
    message: <Body text={options.body} action={options.action} id={id} />,
    autoClose: options.action === undefined ? SUCCESS_MS : WITH_ACTION_MS,
    color: 'ward',
  });
}

/** Something went wrong: stays until dismissed, once per `key`. */
export function toastError(
  title: string,
  error: unknown,
  options: { action?: ToastAction; key?: string } = {},
): void {
  const id = replaced(options.key ?? `error:${title}`);
  notifications.show({
    id,
    title,
    message: <Body text={errorMessage(error)} action={options.action} id={id} />,
    autoClose: false,
    color: 'red',
    role: 'alert',
  });
}

/** The toast on screen for each key. */
const shown = new Map<string, string>();
let count = 0;
// An Undo of one host must not reach another.
onHostLeft(() => notifications.clean());

/**
 * Takes away the toast this key has and names the next one. A new name each time: one that is hidden and shown again
 * under the same name is the same toast to the page, and would leave when the old one's time is over.
 */
function replaced(key: string): string {
  const before = shown.get(key);
  if (before !== undefined) notifications.hide(before);
  count += 1;
  const id = `${key}#${count}`;
  shown.set(key, id);
  return id;
}

/** The message of the host's envelope, or of whatever else was thrown. */
export function errorMessage(error: unknown): string {
  if (error instanceof Error) return error.message;
  return String(error);
}

function Body({
  text,
  action,
  id,
}: {
  text: string | undefined;
  action: FeedbackAction | undefined;
  id: string;
}) {
  return (
    <>
      {text}
      {action !== undefined && (
        <Group mt={6}>
          <Button
            size="compact-xs"
            onClick={() => {
              notifications.hide(id);
              action.run();
            }}
          >
            {action.label}
          </Button>
        </Group>
      )}
    </>
  );
}
