import type { Model } from "../model/model.ts";
import { serversOf } from "../model/resources.ts";
import { currentRound } from "../model/rounds.ts";
import type { Tenant } from "../model/state.ts";
import { streamsOf, unitGroupOf, unitNumOf } from "../model/streams.ts";
import { SECOND, scnAt } from "../model/time.ts";
import { at, type ViewRow, yesNo } from "./view-row.ts";

/** How far READABLE_SCN of a primary stays behind its GTS (4.2.1.9: half a second). */
const READABLE_LAG = SECOND / 2;

export function tenants(model: Model): readonly ViewRow[] {
  return model.state.tenants.all().map((tenant) => tenantRow(model, tenant));
}

/** A tenant that a restore has just made has no role yet, nor any other of these columns (4.2.1.9). */
function tenantRow(model: Model, tenant: Tenant): ViewRow {
  const hasInfo = tenant.role !== null;
  return {
    TENANT_ID: tenant.id,
    TENANT_NAME: tenant.name,
    TENANT_TYPE: tenant.type,
    CREATE_TIME: at(tenant.createdAt),
    MODIFY_TIME: at(tenant.modifiedAt),
    PRIMARY_ZONE: tenant.primaryZone,
    LOCALITY: tenant.locality,
    PREVIOUS_LOCALITY: null,
    COMPATIBILITY_MODE: "MYSQL",
    STATUS: tenant.status,
    IN_RECYCLEBIN: yesNo(tenant.inRecyclebin),
    LOCKED: yesNo(tenant.locked),
    TENANT_ROLE: tenant.role,
    SWITCHOVER_STATUS: hasInfo ? tenant.switchoverStatus : null,
    SWITCHOVER_EPOCH: hasInfo ? tenant.switchoverEpoch : null,
    ...(hasInfo ? scns(model, tenant) : NO_SCNS),
    LOG_MODE: hasInfo ? tenant.logMode : null,
    ARBITRATION_SERVICE_STATUS: "DISABLED",
    UNIT_NUM: unitNumOf(model, tenant),
    COMPATIBLE: hasInfo ? tenant.compatible : null,
    MAX_LS_ID: !hasInfo ? null : (streamsOf(model, tenant).at(-1) ?? 1),
    RESTORE_DATA_MODE: "NORMAL",
  };
}

const NO_SCNS = { SYNC_SCN: null, REPLAYABLE_SCN: null, READABLE_SCN: null, RECOVERY_UNTIL_SCN: null };

function scns(model: Model, tenant: Tenant): ViewRow {
  if (tenant.type !== "USER") return NO_SCNS;
  const sync = syncScn(model, tenant);
  const readable = tenant.role === "PRIMARY" ? scnAt(model.now - READABLE_LAG) : sync;
  return {
    SYNC_SCN: sync,
    REPLAYABLE_SCN: sync,
    READABLE_SCN: readable,
    RECOVERY_UNTIL_SCN: tenant.recoveryUntilScn,
  };
}

/** A primary stands at now; 1 is the lowest SCN, before anything has been restored. */
function syncScn(model: Model, tenant: Tenant): bigint {
  return tenant.role === "PRIMARY" ? scnAt(model.now) : (tenant.standbyScn ?? 1n);
}

export function logStreams(model: Model): readonly ViewRow[] {
  return model.state.tenants
    .all()
    .flatMap((tenant) => streamsOf(model, tenant).map((id) => logStream(model, tenant, id)));
}

function logStream(model: Model, tenant: Tenant, id: number): ViewRow {
  const sync = tenant.type === "USER" ? syncScn(model, tenant) : null;
  return {
    TENANT_ID: tenant.id,
    LS_ID: id,
    STATUS: "NORMAL",
    PRIMARY_ZONE: tenant.primaryZone === "RANDOM" ? "zone1;zone2;zone3" : tenant.primaryZone,
    UNIT_GROUP_ID: unitGroupOf(model, tenant, id),
    LS_GROUP_ID: id === 1 ? 0 : id,
    CREATE_SCN: id === 1 ? null : scnAt(tenant.createdAt),
    DROP_SCN: null,
    SYNC_SCN: sync,
    READABLE_SCN: sync,
    FLAG: "",
  };
}

export function logStreamHistory(model: Model): readonly ViewRow[] {
  return logStreams(model).map((row) => ({ ...row, CREATE_SCN: String(row["CREATE_SCN"] ?? 1) }));
}

export function accessPoints(model: Model): readonly ViewRow[] {
  return model.state.tenants
    .where((tenant) => tenant.type !== "META")
    .flatMap((tenant) =>
      serversOf(model).map((server) => ({
        TENANT_ID: tenant.id,
        TENANT_NAME: tenant.name,
        SVR_IP: server.ip,
        SQL_PORT: model.sqlPort,
      })),
    );
}

export function timestampService(model: Model): readonly ViewRow[] {
  const [server] = serversOf(model);
  return model.state.tenants.all().map((tenant) => ({
    TENANT_ID: tenant.id,
    TS_TYPE: "GTS",
    TS_VALUE: model.freshScn(),
    SVR_IP: server?.ip ?? "",
    SVR_PORT: model.sqlPort + 1,
  }));
}

export function restoreSources(model: Model): readonly ViewRow[] {
  return model.state.restoreSources.all().flatMap((source) => {
    const tenant = model.state.tenants.get(source.tenantId);
    if (tenant?.role !== "STANDBY") return [];
    return [
      {
        TENANT_ID: source.tenantId,
        ID: 1,
        TYPE: "LOCATION",
        VALUE: source.archiveUri,
        RECOVERY_UNTIL_SCN: tenant.recoveryUntilScn,
      },
    ];
  });
}

export function restoreStatus(model: Model): readonly ViewRow[] {
  const standbys = model.state.tenants.where((tenant) => tenant.role === "STANDBY");
  return standbys.flatMap((tenant) =>
    streamsOf(model, tenant).map((id) => ({
      TENANT_ID: tenant.id,
      LS_ID: id,
      SYNC_LSN: 0n,
      SYNC_SCN: syncScn(model, tenant),
      SYNC_STATUS: tenant.nextAt === null ? "RESTORE SUSPEND" : "NORMAL",
      ERR_CODE: 0,
      COMMENT: "",
    })),
  );
}

export function archiveDestStatus(model: Model): readonly ViewRow[] {
  return model.state.archiveDests.all().map((dest) => {
    const round = currentRound(model, dest.tenantId);
    return {
      TENANT_ID: dest.tenantId,
      DEST_ID: dest.destId,
      PATH: dest.uri,
      STATUS: round?.status ?? "STOP",
      CHECKPOINT_SCN: round?.checkpointScn ?? 0n,
      SYNCHRONIZED: "NO",
      COMMENT: round?.comment ?? "",
    };
  });
}
