/** Builds when what is in `out` was made from other sources. */
export function buildIfStale(): void;
/** Builds whatever is there. Ends the process when it fails. */
export function build(): void;
