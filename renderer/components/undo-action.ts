import { type FeedbackAction, feedback } from '../state/feedback.ts';

/** The Undo of a toast. What `change` throws is shown: a person who believes something is undone must not be wrong. */
export function undoAction(change: () => Promise<unknown>): FeedbackAction {
  return {
    label: 'Undo',
    run: () => {
      change().catch((error: unknown) => feedback.error('That could not be undone', error));
    },
  };
}
