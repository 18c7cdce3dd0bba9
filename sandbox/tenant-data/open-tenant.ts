import type { TenantData, TenantOptions } from "./tenant-data.ts";

/** A new, empty tenant in `directory`, which must not hold one yet. */
export function createTenantData(directory: string, options: TenantOptions): TenantData {
  throw new Error(`not written yet: ${directory} ${options.segmentBytes}`);
}

/** Commits that a killed process left uncaptured get a new SCN here; half-written redo is cut. */
export function openTenantData(directory: string, options: TenantOptions): TenantData {
  throw new Error(`not written yet: ${directory} ${options.segmentBytes}`);
}
