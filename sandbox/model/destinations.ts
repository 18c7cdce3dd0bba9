import { wakeArchive } from "./archive.ts";
import type { ArchiveDest, StorageInfo } from "./backup-rows.ts";
import { destinationUri, inVersionsWords } from "./destination-uri.ts";
import { countersOf, type Model } from "./model.ts";
import { durationParameter } from "./parameters.ts";
import { notAllowed, notSupported, refusal } from "./refusal.ts";
import { currentRound } from "./rounds.ts";
import { destinationOf, sourceOf } from "./source.ts";
import type { Tenant } from "./state.ts";
import { DAY, durationOf, MINUTE } from "./time.ts";
import { isSince } from "./version.ts";

/** SET DATA_BACKUP_DEST. An empty text clears it. Throws 9036 once a job is DOING, 9026, 9070, 9071, 9080, 9081. */
export function setDataDest(model: Model, tenant: Tenant, text: string): void {
  const { state } = model;
  const running = state.jobs.find((job) => job.tenantId === tenant.id && job.endedAt === null);
  if (running !== undefined && running.status !== "INIT") throw refusal("OB_BACKUP_IN_PROGRESS");
  const before = state.dataDests.get(tenant.id);
  if (text === "") {
    if (before) state.dataDests.remove(before);
    return;
  }
  const { destId, uri } = mark(model, tenant, { text, destType: "backup_data" });
  state.dataDests.put({ tenantId: tenant.id, destId, uri });
}

/** Proves and marks the directory, and notes it in CDB_OB_BACKUP_STORAGE_INFO. A marked one keeps its DEST_ID. */
function mark(
  model: Model,
  tenant: Tenant,
  { text, destType }: { readonly text: string; readonly destType: StorageInfo["destType"] },
): StorageInfo {
  const uri = destinationUri(text);
  const counters = countersOf(model, tenant.id);
  const known = model.media.markedDestId(uri);
  const destId = known ?? counters.destId + 1;
  const source = sourceOf(model, tenant);
  const destination = destinationOf(model, { uri, destId });
  try {
    model.media.markDestination({ type: destType, destination, source, at: model.now });
  } catch (error) {
    throw inVersionsWords(model, error);
  }
  if (known === undefined) model.state.counters.put({ ...counters, destId });
  const info = { tenantId: tenant.id, destId, destType, uri, checkedAt: model.now };
  return model.state.storageInfos.put(info);
}

/** SET LOG_ARCHIVE_DEST. Throws 1235 while a round is not STOP, and what `mark` throws. */
export function setArchiveDest(model: Model, tenant: Tenant, text: string): void {
  const items = text === "" ? undefined : archiveItems(model, text);
  const round = currentRound(model, tenant.id);
  if (round !== undefined && round.status !== "STOP") {
    throw notSupported("change archive dest when archive is running is");
  }
  const before = model.state.archiveDests.get(tenant.id);
  if (items) refuseShortLag(model, tenant, items.location);
  if (items === undefined) {
    if (before) model.state.archiveDests.remove(before);
    return;
  }
  const { destId, uri } = mark(model, tenant, { text: items.location, destType: "archive_log" });
  const { location: _, ...rest } = items;
  const state = before?.state ?? "ENABLE";
  model.state.archiveDests.put({ tenantId: tenant.id, destId, uri, state, nextAt: null, ...rest });
  wakeArchive(model, tenant.id);
}

type ArchiveItems = Pick<ArchiveDest, "binding" | "interval" | "compression"> & { readonly location: string };

/** `LOCATION=… BINDING=… PIECE_SWITCH_INTERVAL=… COMPRESSION=…`: what is not named falls back to its default. */
function archiveItems(model: Model, text: string): ArchiveItems {
  const found = new Map<string, string>();
  for (const item of text.trim().split(/\s+/)) {
    const [, key = "", value = ""] = /^([^=]*)=?(.*)$/.exec(item) ?? [];
    if (!ARCHIVE_KEYS.includes(key.toLowerCase())) throw refusal("OB_NOT_SUPPORTED");
    if (value === "") throw refusal("OB_INVALID_ARGUMENT");
    found.set(key.toLowerCase(), value);
  }
  const location = found.get("location");
  if (location === undefined) throw notSupported("set archive dest without location is");
  refuseCompression(found.get("compression"));
  const interval = found.get("piece_switch_interval") ?? "1d";
  refuseInterval(model, interval);
  return { location, interval, binding: bindingOf(found.get("binding")), compression: "none" };
}

const ARCHIVE_KEYS = ["location", "binding", "piece_switch_interval", "compression"];

function bindingOf(text = "OPTIONAL"): ArchiveDest["binding"] {
  const word = text.toUpperCase();
  if (word !== "OPTIONAL" && word !== "MANDATORY") throw refusal("OB_INVALID_ARGUMENT");
  return word;
}

function refuseCompression(text = "disable"): void {
  if (!/^(enable|disable)$/i.test(text)) throw refusal("OB_NOT_SUPPORTED");
}

/** S3 has no append: each checkpoint is an object of its own, so they may not follow each other too fast. */
function refuseShortLag(model: Model, tenant: Tenant, location: string): void {
  if (!/^s3:/i.test(location)) return;
  if (durationParameter(model, tenant.id, "archive_lag_target") >= MINUTE) return;
  throw notAllowed("archive_lag_target is smaller than 60s, set log_archive_dest to S3 is");
}

function refuseInterval(model: Model, text: string): void {
  const interval = durationOf(text);
  if (interval !== undefined && interval >= DAY && interval <= 7 * DAY) return;
  if (interval === undefined || !isSince(model.version, "4.2.5")) throw refusal("OB_INVALID_ARGUMENT");
  throw notSupported("invalid piece_switch_interval out of range [1d,7d] is");
}
