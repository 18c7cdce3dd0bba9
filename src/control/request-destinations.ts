import { setDestinationsRefusal } from "../domain/offers.ts";
import type { Operation, StepName } from "../domain/operation.ts";
import { Problem } from "../domain/problem.ts";
import { accept, askedBefore, placeOf, type RequestParts, type Wish } from "./acceptance.ts";

/** URIs as typed, with their secrets; null leaves a destination as it is. */
export interface DestinationsWish extends Wish {
  readonly data: string | null;
  readonly archive: string | null;
}

export async function requestDestinations(parts: RequestParts, wish: DestinationsWish): Promise<Operation> {
  const { data, archive } = wish;
  // Masking reads the URI: what is no destination is refused here, before anything is stored.
  const masked = { data: data && parts.maskUri(data), archive: archive && parts.maskUri(archive) };
  const request = { kind: "set-destinations", ...masked } as const;
  const earlier = await askedBefore(parts.store, wish, request);
  if (earlier) return earlier;
  const { cluster, tenant } = await placeOf(parts.store, wish);
  const refusal =
    setDestinationsRefusal({ tenant, version: cluster.version, wanted: masked }) ??
    sharedRefusal({
      data: masked.data ?? tenant.destinations.data,
      archive: masked.archive ?? tenant.destinations.archive,
    });
  if (refusal) throw refusal;
  const without: StepName[] = [];
  if (data === null) without.push("set-data-destination");
  if (archive === null) without.push("set-archive-destination");
  return accept({
    parts,
    wish,
    id: parts.newId(),
    request,
    secrets: { ...(data !== null && { dataUri: data }), ...(archive !== null && { archiveUri: archive }) },
    without,
  });
}

/** The second of the two would be refused by 9081 (facts 3.1: a directory bears the mark of one of them), when the first is set already. */
function sharedRefusal({
  data,
  archive,
}: {
  readonly data: string | null;
  readonly archive: string | null;
}): Problem | null {
  if (data === null || archive === null || placeIn(data) !== placeIn(archive)) return null;
  return new Problem("destination-refused", {
    found: `Data backups and logs would go to the same directory, ${JSON.stringify(data)}.`,
    remedy: "Give each a directory of its own; nothing was set.",
    values: { shared: data },
  });
}

/** The directory that a URI names: without what follows the path but the host of an object store, without idle slashes. */
function placeIn(uri: string): string {
  const [location = "", query = ""] = uri.split("?", 2);
  const host = /(?:^|&)host=([^&]*)/.exec(query)?.[1] ?? "";
  const path = location.replace(/^(\w+:\/\/)/, "").replaceAll(/\/{2,}/g, "/");
  return `${location.split(":", 1)[0]} ${host} ${path.replace(/\/$/, "")}`;
}
