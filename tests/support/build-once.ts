import { buildIfStale } from '../../scripts/lib/build.mjs';

/** The black-box tests run the built host: build it when it is older than its sources. */
export function setup(): void {
  buildIfStale();
}
