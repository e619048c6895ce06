/** The path of a Chromium. Throws an Error whose message is for people when none can be had. */
export function findBrowser(): Promise<string>;
