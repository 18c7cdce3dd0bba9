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

export interface FormatRequest {
  readonly type: DestinationType;
  readonly destination: Destination;
  readonly source: Source;
  /** Names the check file. Microseconds. */
  readonly at: number;
}

/**
 * SET DATA_BACKUP_DEST / LOG_ARCHIVE_DEST: makes the directory, proves that it can be written, and marks an empty one
 * with `format.obbak` (`format.obarc` does not exist: both types use .obbak). A marked one must be ours.
 * 9070 not reachable, 9071 not writable, 9080 not empty and unmarked, 9081 another cluster's, tenant's, path's or type's.
 */
export function writeFormat(request: FormatRequest): void {
  throw new Error(`not written yet: ${request.type}`);
}

/** At the start of a job or round: the mark must be there and be ours (9070 9080 9081). */
export function checkFormat(request: Omit<FormatRequest, "at">): void {
  throw new Error(`not written yet: ${request.type}`);
}

/** The DEST_ID in the mark, when the directory is marked: setting the same path again keeps it. */
export function markedDestination(directory: string): number | undefined {
  throw new Error(`not written yet: ${directory}`);
}
