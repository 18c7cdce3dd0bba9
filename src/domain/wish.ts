import type { BackUpRequest, OperationRequest, RestoreRequest } from "./operation.ts";

/**
 * What a person asked for, apart from what we made of it at the time: the plan's actions, the instant that "latest" was,
 * the leftovers that were found. A client that lost the answer asks for the same again and gets its own operation,
 * whatever the cluster looks like by then. Of secrets only how many were given: they are not kept for comparison.
 */
export type Asked =
  | BackUpRequest
  | AskedRestore
  | { readonly kind: "start-archive" | "stop-archive" }
  | { readonly kind: "set-destinations"; readonly data: string | null; readonly archive: string | null }
  | { readonly kind: "clean-up"; readonly of: string };

export interface AskedRestore extends Omit<RestoreRequest, "actions" | "until"> {
  /** Null: the newest instant. */
  readonly until: bigint | null;
}

export function askedBy(request: OperationRequest): Asked {
  if (request.kind === "clean-up") return { kind: request.kind, of: request.of };
  if (request.kind !== "restore") return request;
  const { actions: _, until, ...asked } = request;
  return { ...asked, until: request.latest === true ? null : until };
}

export function isSameWish(one: Asked, other: Asked): boolean {
  return written(one) === written(other);
}

/** Two objects that say the same may have been put together in another order; what is not given is false or absent. */
function written(asked: Asked): string {
  return JSON.stringify(asked, (_, value: unknown) => {
    if (typeof value === "bigint") return value.toString();
    if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
    const said = Object.entries(value).filter(([, item]) => item !== false && item !== undefined);
    return Object.fromEntries(said.toSorted(([a], [b]) => (a < b ? -1 : 1)));
  });
}
