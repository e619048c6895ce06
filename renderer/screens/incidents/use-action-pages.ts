import { type InfiniteData, type UseInfiniteQueryResult, useInfiniteQuery } from '@tanstack/react-query';
import type { Action, ActionKind, ActionOrigin } from '../../../shared/model/action.ts';
import { call } from '../../bridge/call.ts';

/** Actions fetched at a time. */
const PAGE = 100;

export interface ActionFilter {
  readonly origin: ActionOrigin | null;
  readonly kind: ActionKind | null;
  readonly skillId: string | null;
}

/** Everything that was done, newest first, older ones a page at a time. */
export function useActionPages(
  filter: ActionFilter,
): UseInfiniteQueryResult<InfiniteData<readonly Action[], number | null>> {
  const { kind, origin, skillId } = filter;
  return useInfiniteQuery({
    queryKey: ['actions', null, 'pages', origin, kind, skillId],
    initialPageParam: null as number | null,
    queryFn: ({ pageParam }) => actionPage(filter, pageParam, PAGE),
    // Several actions may share a millisecond: the last one is asked for again, and told apart by its id.
    getNextPageParam: (last: readonly Action[]) => {
      const oldest = last.at(-1)?.at;
      return last.length < PAGE || oldest === undefined ? undefined : oldest + 1;
    },
  });
}

/** One page of actions before `before` (epoch ms; null: the newest). `limit` 1 to 1000. */
async function actionPage(
  { kind, origin, skillId }: ActionFilter,
  before: number | null,
  limit: number,
): Promise<readonly Action[]> {
  const { actions } = await call('action.list', {
    limit,
    ...(before === null ? {} : { before }),
    ...(origin === null ? {} : { origin }),
    ...(kind === null ? {} : { kinds: [kind] }),
    ...(skillId === null ? {} : { skillId }),
  });
  return actions;
}

/** Pages as one list, each action once. */
export function eachOnce(pages: readonly (readonly Action[])[]): Action[] {
  return [...new Map(pages.flat().map((action) => [action.id, action])).values()];
}

/** At most so many rows go into a file. */
const MOST_EXPORTED = 20_000;

/** Everything the filter finds, for a file. */
export async function allActions(filter: ActionFilter): Promise<Action[]> {
  const found = new Map<number, Action>();
  for (let before: number | null = null; found.size < MOST_EXPORTED; ) {
    const page = await actionPage(filter, before, 1000);
    const known = found.size;
    for (const action of page) found.set(action.id, action);
    const oldest = page.at(-1)?.at;
    if (page.length < 1000 || oldest === undefined || found.size === known) break;
    before = oldest + 1;
  }
  return [...found.values()];
}
