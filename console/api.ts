import { QueryClient, type UseQueryResult, useQuery } from "@tanstack/react-query";
import { type CallOf, createClient, Refusal } from "../src/api/client.ts";
import type { AnswerOf, RouteName } from "../src/api/contract.ts";

export const api = createClient("", (input, init) => fetch(input, init));

/** Answers stay until the event stream says that something changed; a refusal is final, an unreached server is not. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: Number.POSITIVE_INFINITY,
      refetchOnWindowFocus: false,
      retry: (failures, error) => isUnreached(error) && failures < 3,
    },
  },
});

export function isUnreached(error: unknown): boolean {
  return error instanceof Refusal && error.status === 0;
}

interface AskOptions {
  readonly enabled?: boolean;
  /** Asks again by itself; only for what no event announces. */
  readonly everyMs?: number;
}

/** The key under which an answer is cached: the route's name, then what was asked. `live.ts` finds answers by it. */
export function keyOf<Name extends RouteName>(name: Name, call: CallOf<Name>): readonly unknown[] {
  return [name, call.params ?? null, call.query ?? null, call.body ?? null];
}

/** One answer of the server, kept fresh by the event stream. */
export function useAnswer<Name extends RouteName>(
  name: Name,
  call: CallOf<Name>,
  options: AskOptions = {},
): UseQueryResult<AnswerOf<Name>, Refusal> {
  return useQuery<AnswerOf<Name>, Refusal>({
    queryKey: keyOf(name, call),
    queryFn: ({ signal }) => api.call(name, { ...call, signal }),
    enabled: options.enabled ?? true,
    // While a page or a filter changes the old rows stay; another tenant's never do.
    placeholderData: (previous, query) => (sameThing(query?.queryKey[1], call.params) ? previous : undefined),
    ...(options.everyMs === undefined ? {} : { refetchInterval: options.everyMs }),
  });
}

function sameThing(before: unknown, now: unknown): boolean {
  return JSON.stringify(before ?? null) === JSON.stringify(now ?? null);
}

/** One per form: the server makes one operation of it, however often it is sent. */
export function newRequestId(): string {
  return crypto.randomUUID();
}
