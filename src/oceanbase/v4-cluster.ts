import type { ClusterResources, ResourcePool, ServerRoom, UnitConfig } from "../domain/cluster.ts";
import type { Destinations, LogMode, Tenant, TenantKind, TenantRole } from "../domain/tenant.ts";
import { readVersion } from "../domain/version.ts";
import { maskSecrets } from "./destination.ts";
import { countOf, microsOf, numberOf, type Row, scnOf, textOf } from "./row.ts";

/** Tenants, their destinations, and what the servers hold, of 4.x. */

const KIND: Readonly<Record<string, TenantKind>> = { SYS: "sys", USER: "user", META: "meta" };
const ROLE: Readonly<Record<string, TenantRole>> = {
  PRIMARY: "primary",
  STANDBY: "standby",
  RESTORE: "restore",
  CLONE: "clone",
};
const LOG_MODE: Readonly<Record<string, LogMode>> = {
  ARCHIVELOG: "archivelog",
  NOARCHIVELOG: "noarchivelog",
};
const MODE: Readonly<Record<string, Tenant["mode"]>> = { MYSQL: "mysql", ORACLE: "oracle" };

/** A row of DBA_OB_TENANTS. A word that is not known counts as a user tenant, whose status is shown as it is. */
export function tenantOf(row: Row): Tenant {
  return {
    id: countOf(row, "TENANT_ID"),
    name: textOf(row, "TENANT_NAME"),
    kind: KIND[textOf(row, "TENANT_TYPE")] ?? "user",
    statusWord: textOf(row, "STATUS"),
    isNormal: textOf(row, "STATUS") === "NORMAL",
    role: ROLE[textOf(row, "TENANT_ROLE")] ?? "unknown",
    logMode: LOG_MODE[textOf(row, "LOG_MODE")] ?? "unknown",
    locality: textOf(row, "LOCALITY"),
    primaryZone: textOf(row, "PRIMARY_ZONE"),
    createdAt: microsOf(row, "CREATE_TIME"),
    compatible: readVersion(textOf(row, "COMPATIBLE")) ?? null,
    mode: MODE[textOf(row, "COMPATIBILITY_MODE")] ?? "unknown",
    syncScn: row.SYNC_SCN ? scnOf(row, "SYNC_SCN") : null,
    unitCount: numberOf(row, "UNIT_NUM"),
  };
}

export const NO_DESTINATIONS: Destinations = { data: null, archive: null, pieceSwitchInterval: null };

/** Rows of CDB_OB_ARCHIVE_DEST (one per item of destination 0, the only one used) and CDB_OB_BACKUP_PARAMETER. */
export function destinationsByTenant(rows: readonly Row[]): ReadonlyMap<number, Destinations> {
  const settings = rows.filter(
    (row) =>
      row.SOURCE === "data-setting" || (row.SOURCE === "archive-setting" && countOf(row, "DEST_NO") === 0),
  );
  const grouped = Map.groupBy(settings, (row) => countOf(row, "TENANT_ID"));
  return new Map([...grouped].map(([tenantId, own]) => [tenantId, destinationsOf(own)]));
}

function destinationsOf(rows: readonly Row[]): Destinations {
  const values = new Map(rows.map((row) => [`${row.SOURCE} ${textOf(row, "NAME")}`, textOf(row, "VALUE")]));
  const masked = (name: string) => {
    const value = values.get(name) ?? "";
    return value === "" ? null : maskSecrets(value);
  };
  return {
    data: masked("data-setting data_backup_dest"),
    archive: masked("archive-setting path"),
    pieceSwitchInterval: masked("archive-setting piece_switch_interval"),
  };
}

/** Rows of GV$OB_SERVERS, DBA_OB_SERVERS, DBA_OB_UNIT_CONFIGS and DBA_OB_RESOURCE_POOLS. */
export function resourcesOf(rows: readonly Row[]): ClusterResources {
  const of = (source: string) => rows.filter((row) => row.SOURCE === source);
  const unitNames = new Map(of("unit").map((row) => [textOf(row, "UNIT_CONFIG_ID"), textOf(row, "NAME")]));
  return {
    servers: serversOf(of("server"), of("server-status")),
    unitConfigs: of("unit").map(unitConfig),
    pools: of("pool").map((row) => resourcePool(row, unitNames)),
  };
}

/** A server that is down has no row in GV$OB_SERVERS; it is listed without room, with its status. */
function serversOf(rooms: readonly Row[], statuses: readonly Row[]): readonly ServerRoom[] {
  const roomOf = new Map(rooms.map((row) => [addressOf(row), row]));
  const statusOf = new Map(statuses.map((row) => [addressOf(row), row]));
  const addresses = [...new Set([...roomOf.keys(), ...statusOf.keys()])];
  return addresses.map((address) => {
    const status = statusOf.get(address) ?? {};
    const room = roomOf.get(address) ?? {};
    const word = textOf(status, "STATUS");
    return { address, ...roomIn({ ...status, ...room }), statusWord: word, isActive: word === "ACTIVE" };
  });
}

function addressOf(row: Row): string {
  return `${textOf(row, "SVR_IP")}:${textOf(row, "SVR_PORT")}`;
}

/** CPU by the *_MAX columns: OceanBase refuses a unit by its MAX_CPU against them, and they are never the smaller need. */
function roomIn(row: Row) {
  const room = (total: string, assigned: string) => ({
    total: countOf(row, total),
    assigned: countOf(row, assigned),
  });
  return {
    zone: textOf(row, "ZONE"),
    cpu: room("CPU_CAPACITY_MAX", "CPU_ASSIGNED_MAX"),
    memoryBytes: room("MEM_CAPACITY", "MEM_ASSIGNED"),
    logDiskBytes: room("LOG_DISK_CAPACITY", "LOG_DISK_ASSIGNED"),
    dataDiskBytes: room("DATA_DISK_CAPACITY", "DATA_DISK_IN_USE"),
  };
}

function unitConfig(row: Row): UnitConfig {
  return {
    name: textOf(row, "NAME"),
    maxCpu: countOf(row, "MAX_CPU"),
    minCpu: countOf(row, "MIN_CPU"),
    memoryBytes: countOf(row, "MEMORY_SIZE"),
    logDiskBytes: countOf(row, "LOG_DISK_SIZE"),
  };
}

function resourcePool(row: Row, unitNames: ReadonlyMap<string, string>): ResourcePool {
  return {
    name: textOf(row, "NAME"),
    tenantId: numberOf(row, "TENANT_ID"),
    unitConfigName: unitNames.get(textOf(row, "UNIT_CONFIG_ID")) ?? "",
    unitCount: countOf(row, "UNIT_COUNT"),
    zones: textOf(row, "ZONE_LIST").split(/[;,]/).filter(Boolean),
  };
}
