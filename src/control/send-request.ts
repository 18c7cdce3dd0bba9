import type { OperationRequest } from "../domain/operation.ts";
import type { OceanBase, StatementTexts } from "../oceanbase/oceanbase.ts";
import type { OperationSecrets } from "../store/store.ts";
import type { DoorRequest } from "./step-rule.ts";

/** Asks the cluster. Throws Problem. */
export function sendRequest(door: OceanBase, request: DoorRequest): Promise<void> {
  switch (request.ask) {
    case "set-destinations":
      return door.setDestinations(request.with);
    case "start-archive":
      return door.startArchive(request.tenant);
    case "stop-archive":
      return door.stopArchive(request.tenant);
    case "start-backup":
      return door.startBackup(request.with);
    case "cancel-backup":
      return door.cancelBackup(request.tenant);
    case "create-unit":
      return door.createUnit(request.with);
    case "create-pool":
      return door.createPool(request.with);
    case "start-restore":
      return door.startRestore(request.with);
    case "cancel-restore":
      return door.cancelRestore(request.tenant);
    case "activate-standby":
      return door.activateStandby(request.tenant);
    case "ask-tenant":
      return door.askTenant(request.tenant);
    case "drop-tenant":
      return door.dropTenant(request.tenant);
    case "drop-pool":
      return door.dropPool(request.pool);
    case "drop-unit":
      return door.dropUnit(request.unit);
  }
}

/** The same words as texts, secrets masked, for the record and for people. */
export function textsOf(texts: StatementTexts, request: DoorRequest): readonly string[] {
  switch (request.ask) {
    case "set-destinations":
      return texts.setDestinations(request.with);
    case "start-archive":
      return texts.startArchive(request.tenant);
    case "stop-archive":
      return texts.stopArchive(request.tenant);
    case "start-backup":
      return texts.startBackup(request.with);
    case "cancel-backup":
      return texts.cancelBackup(request.tenant);
    case "create-unit":
      return texts.createUnit(request.with);
    case "create-pool":
      return texts.createPool(request.with);
    case "start-restore":
      return texts.startRestore(request.with);
    case "cancel-restore":
      return texts.cancelRestore(request.tenant);
    case "activate-standby":
      return texts.activateStandby(request.tenant);
    case "ask-tenant":
      return [];
    case "drop-tenant":
      return texts.dropTenant(request.tenant);
    case "drop-pool":
      return texts.dropPool(request.pool);
    case "drop-unit":
      return texts.dropUnit(request.unit);
  }
}

/** For the texts alone, which mask it: without it the record would lack the statement that carries a password. */
export function withPlaceholders(request: DoorRequest, asked: OperationRequest): DoorRequest {
  if (request.ask === "start-backup" && asked.kind === "back-up" && asked.encrypted === true)
    return { ...request, with: { ...request.with, encryptionPassword: PLACEHOLDER } };
  if (request.ask === "start-restore" && asked.kind === "restore") {
    const decryptionPasswords = Array.from({ length: asked.passwordsGiven ?? 0 }, () => PLACEHOLDER);
    return { ...request, with: { ...request.with, decryptionPasswords } };
  }
  return request;
}

const PLACEHOLDER = "sealed";

/** Puts the sealed secrets where the decision left them out. */
export function withSecrets(request: DoorRequest, secrets: OperationSecrets | null): DoorRequest {
  if (!secrets) return request;
  if (request.ask === "start-backup") {
    return { ...request, with: { ...request.with, encryptionPassword: secrets.encryptionPassword ?? null } };
  }
  if (request.ask === "set-destinations") {
    const { data, archive } = request.with;
    const real = {
      data: data === null ? null : (secrets.dataUri ?? data),
      archive: archive === null ? null : (secrets.archiveUri ?? archive),
    };
    return { ...request, with: { ...request.with, ...real } };
  }
  if (request.ask === "start-restore") {
    return { ...request, with: { ...request.with, decryptionPasswords: secrets.decryptionPasswords ?? [] } };
  }
  return request;
}
