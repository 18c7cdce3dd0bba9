import type { Micros, Scn } from "./scn.ts";
import type { Version } from "./version.ts";

export type TenantRole = "primary" | "standby" | "restore" | "clone" | "unknown";
export type TenantKind = "sys" | "user" | "meta";
export type LogMode = "archivelog" | "noarchivelog" | "unknown";

/** A tenant as DBA_OB_TENANTS shows it from sys (4.1+; 4.0 lacks role and log mode). */
export interface Tenant {
  readonly id: number;
  readonly name: string;
  readonly kind: TenantKind;
  /** OceanBase's own word: NORMAL, RESTORE, CREATING, DROPPING … Compare through `isNormal`, show as it is. */
  readonly statusWord: string;
  readonly isNormal: boolean;
  /** "unknown" while restoring or where the version has no such column. Judge by status first. */
  readonly role: TenantRole;
  readonly logMode: LogMode;
  readonly locality: string;
  readonly primaryZone: string;
  readonly createdAt: Micros | null;
  readonly compatible: Version | null;
  readonly mode: "mysql" | "oracle" | "unknown";
  /** How far this tenant has written or replayed; null where unknown. */
  readonly syncScn: Scn | null;
  readonly unitCount: number | null;
}

/** What a tenant backs up to; null where it is not set. Secrets in URIs are masked already. */
export interface Destinations {
  readonly data: string | null;
  readonly archive: string | null;
  /** PIECE_SWITCH_INTERVAL as the parameter writes it (`1d`), null where unknown. */
  readonly pieceSwitchInterval: string | null;
}
