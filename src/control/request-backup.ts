import type { BackupType } from "../domain/backup-set.ts";
import { backUpRefusal, plusArchivelogRefusal } from "../domain/offers.ts";
import type { BackUpRequest, Operation } from "../domain/operation.ts";
import { accept, askedBefore, placeOf, type RequestParts, type Wish } from "./acceptance.ts";

export interface BackupWish extends Wish {
  readonly type: BackupType;
  readonly plusArchivelog: boolean;
  readonly encryptionPassword: string | null;
}

export async function requestBackup(parts: RequestParts, wish: BackupWish): Promise<Operation> {
  const { type, plusArchivelog, encryptionPassword } = wish;
  const encrypted = encryptionPassword !== null;
  const request: BackUpRequest = { kind: "back-up", type, plusArchivelog, encrypted };
  const earlier = await askedBefore(parts.store, wish, request);
  if (earlier) return earlier;
  const { cluster, tenant } = await placeOf(parts.store, wish);
  const own = plusArchivelog ? plusArchivelogRefusal(cluster.version) : null;
  const refusal = backUpRefusal({ tenant, version: cluster.version }) ?? own;
  if (refusal) throw refusal;
  return accept({
    parts,
    wish,
    id: parts.newId(),
    request,
    secrets: encryptionPassword === null ? null : { encryptionPassword },
  });
}

export interface BackupToShow extends Omit<BackupWish, "requestId" | "encryptionPassword"> {
  /** A password will be given: it has no place in a preview. */
  readonly encrypted: boolean;
}

/** The statements that a back-up stands for. The signature is only known once it is accepted. */
export function previewBackup(
  parts: RequestParts,
  { tenant, type, plusArchivelog, encrypted }: BackupToShow,
): readonly string[] {
  return parts.texts.startBackup({
    tenant,
    type,
    plusArchivelog,
    signature: "op-…",
    // The texts mask whatever stands here.
    encryptionPassword: encrypted ? "to come" : null,
  });
}
