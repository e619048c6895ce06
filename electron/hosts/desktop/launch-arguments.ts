import { LINK_SCHEME, readDeepLink } from './deep-link.ts';

export interface LaunchArguments {
  /** Started at login: the tray is enough, if there is one. */
  readonly hidden: boolean;
  /** The route a deep link among the arguments asks for. */
  readonly route: string | null;
}

export const HIDDEN_ARGUMENT = '--hidden';

/** Reads what a start of the app was given. Chromium adds arguments of its own; whatever nobody knows is left alone. */
export function readLaunchArguments(argv: readonly string[]): LaunchArguments {
  const link = argv.find((argument) => argument.startsWith(`${LINK_SCHEME}://`));
  return {
    hidden: argv.includes(HIDDEN_ARGUMENT),
    route: link === undefined ? null : readDeepLink(link),
  };
}
