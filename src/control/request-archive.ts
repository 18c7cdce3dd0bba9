import { startArchiveRefusal, stopArchiveRefusal } from "../domain/offers.ts";
import type { Operation } from "../domain/operation.ts";
import { accept, askedBefore, placeOf, type RequestParts, type Wish } from "./acceptance.ts";

export interface ArchiveWish extends Wish {
  readonly verb: "start" | "stop";
}

export async function requestArchive(parts: RequestParts, wish: ArchiveWish): Promise<Operation> {
  const kind = wish.verb === "start" ? "start-archive" : "stop-archive";
  const earlier = await askedBefore(parts.store, wish, { kind });
  if (earlier) return earlier;
  const { cluster, tenant } = await placeOf(parts.store, wish);
  const refusal = (wish.verb === "start" ? startArchiveRefusal : stopArchiveRefusal)({
    tenant,
    version: cluster.version,
  });
  if (refusal) throw refusal;
  return accept({ parts, wish, id: parts.newId(), request: { kind }, secrets: null });
}
