/** What the preload script tells when a person drops a file on the window: its path, which the page never learns. */
export const DROP_CHANNEL = 'skillward:dropped';
