/** The path of the browser people have. Throws an Error whose message is for people when none can be had. */
export function findBrowser(): Promise<string>;

/** The path of a Chromium for tests, which need no window. Throws as `findBrowser` does. */
export function findTestBrowser(): Promise<string>;
