/** Something a person can do about a message: Undo, Show. */
export interface FeedbackAction {
  readonly label: string;
  readonly run: () => void;
}

export interface FeedbackOptions {
  readonly action?: FeedbackAction;
  /** A message with the same key replaces the one before. */
  readonly key?: string;
}

/** How the outcome of what a person asked for reaches them. The page sets it to toasts. */
export interface Feedback {
  done(title: string, options?: FeedbackOptions & { readonly body?: string }): void;
  error(title: string, error: unknown, options?: FeedbackOptions): void;
}

let sink: Feedback = { done: () => undefined, error: () => undefined };

/** Called once, before anything is rendered. Rules that give feedback stay free of the page that way. */
export function setFeedback(feedback: Feedback): void {
  sink = feedback;
}

export const feedback: Feedback = {
  done: (title, options) => sink.done(title, options),
  error: (title, error, options) => sink.error(title, error, options),
};
