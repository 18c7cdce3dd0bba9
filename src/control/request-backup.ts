import type { BackupType } from "../domain/backup-set.ts";
import { backUpRefusal, plusArchivelogRefusal } from "../domain/offers.ts";
import type { Operation } from "../domain/operation.ts";
import { accept, askedBefore, placeOf, type RequestParts, type Wish } from "./acceptance.ts";

export interface BackupWish extends Wish {
  readonly type: BackupType;
  readonly plusArchivelog: boolean;
  readonly encryptionPassword: string | null;
}

export async function requestBackup(parts: RequestParts, wish: BackupWish): Promise<Operation> {
  const earlier = await askedBefore(parts.store, wish, "back-up");
  if (earlier) return earlier;
  const { cluster, tenant } = await placeOf(parts.store, wish);
  const { type, plusArchivelog, encryptionPassword } = wish;
  const own = plusArchivelog ? plusArchivelogRefusal(cluster.version) : null;
  const refusal = backUpRefusal({ tenant, version: cluster.version }) ?? own;
  if (refusal) throw refusal;
  return accept({
    parts,
    wish,
    id: parts.newId(),
    request: { kind: "back-up", type, plusArchivelog },
    secrets: encryptionPassword === null ? null : { encryptionPassword },
  });
}

/** The statements that a back-up stands for. The signature is only known once it is accepted. */
export function previewBackup(
  parts: RequestParts,
  { tenant, type, plusArchivelog }: Omit<BackupWish, "requestId" | "encryptionPassword">,
): readonly string[] {
  return parts.texts.startBackup({
    tenant,
    type,
    plusArchivelog,
    signature: "op-…",
    encryptionPassword: null,
  });
}
