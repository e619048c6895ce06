/** Where the Electron program is, or null. Never starts a download. */
export function electronBinary(): string | null;
export function hasDisplay(): boolean;
/** Fetches Electron with the person watching. Null when it cannot be had. */
export function fetchElectron(): string | null;
