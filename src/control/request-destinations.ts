import { setDestinationsRefusal } from "../domain/offers.ts";
import type { Operation, StepName } from "../domain/operation.ts";
import { accept, askedBefore, placeOf, type RequestParts, type Wish } from "./acceptance.ts";

/** URIs as typed, with their secrets; null leaves a destination as it is. */
export interface DestinationsWish extends Wish {
  readonly data: string | null;
  readonly archive: string | null;
}

export async function requestDestinations(parts: RequestParts, wish: DestinationsWish): Promise<Operation> {
  const earlier = await askedBefore(parts.store, wish, "set-destinations");
  if (earlier) return earlier;
  const { cluster, tenant } = await placeOf(parts.store, wish);
  const { data, archive } = wish;
  // Masking reads the URI: what is no destination is refused here, before anything is stored.
  const masked = { data: data && parts.maskUri(data), archive: archive && parts.maskUri(archive) };
  const refusal = setDestinationsRefusal({ tenant, version: cluster.version, wanted: masked });
  if (refusal) throw refusal;
  const without: StepName[] = [];
  if (data === null) without.push("set-data-destination");
  if (archive === null) without.push("set-archive-destination");
  return accept({
    parts,
    wish,
    id: parts.newId(),
    request: { kind: "set-destinations", ...masked },
    secrets: { ...(data !== null && { dataUri: data }), ...(archive !== null && { archiveUri: archive }) },
    without,
  });
}
