import fs from "node:fs";
import path from "node:path";
import { timeTag } from "../model/time.ts";
import { fileHeader, having, namesIn, readDocument, writeDocument } from "./sandbox-file.ts";
import { StorageFault, writing } from "./storage-fault.ts";

/** Where a backup comes from: written into every set and piece. */
export interface Source {
  readonly clusterName: string;
  readonly clusterId: number;
  readonly tenantName: string;
  readonly tenantId: number;
  /** Cluster version with build: `4.2.5.1`. */
  readonly version: string;
  /** The tenant's COMPATIBLE, its data version: `4.2.5.1`. */
  readonly compatible: string;
  /** The tenant's time zone in minutes east of UTC: UNTIL TIME of a restore is read in it. */
  readonly zoneMinutes: number;
}

export interface Destination {
  /** As OceanBase prints it in PATH columns: `file:///backup/shop/data`. */
  readonly uri: string;
  /** Where the caller says that it lies on this machine. */
  readonly directory: string;
  /** DEST_ID: 1001 and up. */
  readonly id: number;
}

export type DestinationType = "backup_data" | "archive_log";

/** What `format.obbak` says; both types of destination use that suffix. */
export interface Format {
  readonly type: DestinationType;
  readonly uri: string;
  readonly destId: number;
  readonly clusterName: string;
  readonly clusterId: number;
  readonly tenantName: string;
  readonly tenantId: number;
  readonly incarnation: 1;
}

export interface FormatRequest {
  readonly type: DestinationType;
  readonly destination: Destination;
  readonly source: Source;
  /** Names the check file. Microseconds. */
  readonly at: number;
}

/**
 * SET DATA_BACKUP_DEST / LOG_ARCHIVE_DEST: makes the directory, proves that it can be written, and marks an empty one.
 * A marked one must be ours. 9070 not reachable, 9071 not writable, 9082 full, 9080 not empty and unmarked, 9081 another
 * cluster's, tenant's, path's or type's.
 */
export function writeFormat(request: FormatRequest): void {
  const { directory } = request.destination;
  writing(() => fs.mkdirSync(directory, { recursive: true }));
  const marked = readFormat(directory) !== undefined;
  if (!marked && namesIn(directory).some((name) => name !== "check_file")) throw noFormat(request);
  if (marked) checkFormat(request);
  writeCheckFile(request);
  if (!marked) writeDocument(formatFile(directory), { kind: "format", content: formatOf(request) });
}

/** At the start of a job or round: the mark must be there and be ours (9070 9080 9081). */
export function checkFormat(request: Omit<FormatRequest, "at">): void {
  const { directory } = request.destination;
  writing(() => fs.statSync(directory));
  const found = readFormat(directory);
  if (found === undefined) throw noFormat(request);
  const words = differences(found, formatOf(request));
  if (words.length === 0) return;
  throw new StorageFault(
    "OB_BACKUP_FORMAT_FILE_NOT_MATCH",
    `${formatFile(directory)}: ${words.join(", ")}`,
    hint(request),
  );
}

/** Undefined when the directory is missing or unmarked. Which of two paths is data and which is logs is read here. */
export function readFormat(directory: string): Format | undefined {
  try {
    return readDocument(formatFile(directory), { kind: "format", is: having<Format>("destId") });
  } catch (cause) {
    if (cause instanceof StorageFault && cause.errno === 9011) return undefined;
    throw cause;
  }
}

export function formatFile(directory: string): string {
  return path.join(directory, "format.obbak");
}

function formatOf({ type, destination, source }: Omit<FormatRequest, "at">): Format {
  const { clusterName, clusterId, tenantName, tenantId } = source;
  const { uri, id: destId } = destination;
  return { type, uri, destId, clusterName, clusterId, tenantName, tenantId, incarnation: 1 };
}

function differences(found: Format, expected: Format): readonly string[] {
  const there = new Map<string, unknown>(Object.entries(found));
  const differing = Object.entries(expected).filter(([key, value]) => there.get(key) !== value);
  return differing.map(([key, value]) => `${key} is ${String(there.get(key))}, not ${value}`);
}

function noFormat(request: Omit<FormatRequest, "at">): StorageFault {
  const missing = formatFile(request.destination.directory);
  return new StorageFault("OB_BACKUP_FORMAT_FILE_NOT_EXIST", `${missing} does not exist`, hint(request));
}

/** 4.3.x tells the user what to do. */
function hint({ source }: Omit<FormatRequest, "at">): string {
  return source.version.startsWith("4.3") ? ", try to set a new directory." : "";
}

function writeCheckFile({ destination, source, at }: FormatRequest): void {
  const tag = timeTag(BigInt(at) * 1000n, source.zoneMinutes);
  const file = path.join(destination.directory, "check_file", `${source.tenantId}_connect_file_${tag}.obbak`);
  writing(() => {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, fileHeader("check"));
  });
}
