import type { Value } from "../engine.ts";
import type { Model } from "../model/model.ts";
import type { SystemView, SystemViews } from "../sql/system-views.ts";
import {
  allRounds,
  archiveSettings,
  currentRounds,
  pieces,
  storageInfos,
  streamProgress,
} from "./archive-views.ts";
import { backupParameters, endedJobs, endedTasks, runningJobs, runningTasks, sets } from "./backup-views.ts";
import {
  deletePolicies,
  endedDeleteJobs,
  endedDeleteTasks,
  runningDeleteJobs,
  runningDeleteTasks,
} from "./delete-views.ts";
import { rootserviceEvents } from "./event-views.ts";
import { parameters, pools, serverRooms, servers, unitConfigs, units, zones } from "./resource-views.ts";
import { restoreHistory, restoreProgress } from "./restore-views.ts";
import {
  accessPoints,
  archiveDestStatus,
  logStreamHistory,
  logStreams,
  restoreSources,
  restoreStatus,
  tenants,
  timestampService,
} from "./tenant-views.ts";
import { type ViewDefinition, viewDefinitions } from "./view-columns.ts";
import type { ViewRow, ViewRows } from "./view-row.ts";

/** Views whose rows change with the time alone. */
const LIVE: Readonly<Record<string, ViewRows>> = {
  DBA_OB_TENANTS: tenants,
  CDB_OB_LS: logStreams,
  CDB_OB_LS_HISTORY: logStreamHistory,
  V$OB_TIMESTAMP_SERVICE: timestampService,
  V$OB_LS_LOG_RESTORE_STATUS: restoreStatus,
};

/** Views whose rows change only with the cluster's rows. A view in neither list has its columns and no rows. */
const STILL: Readonly<Record<string, ViewRows>> = {
  DBA_OB_SERVERS: servers,
  DBA_OB_ZONES: zones,
  DBA_OB_UNITS: units,
  DBA_OB_UNIT_CONFIGS: unitConfigs,
  DBA_OB_RESOURCE_POOLS: pools,
  GV$OB_SERVERS: serverRooms,
  GV$OB_PARAMETERS: parameters,
  CDB_OB_BACKUP_PARAMETER: backupParameters,
  CDB_OB_BACKUP_JOBS: runningJobs,
  CDB_OB_BACKUP_JOB_HISTORY: endedJobs,
  CDB_OB_BACKUP_TASKS: runningTasks,
  CDB_OB_BACKUP_TASK_HISTORY: endedTasks,
  CDB_OB_BACKUP_SET_FILES: sets,
  CDB_OB_BACKUP_DELETE_POLICY: deletePolicies,
  CDB_OB_BACKUP_DELETE_JOBS: runningDeleteJobs,
  CDB_OB_BACKUP_DELETE_JOB_HISTORY: endedDeleteJobs,
  CDB_OB_BACKUP_DELETE_TASKS: runningDeleteTasks,
  CDB_OB_BACKUP_DELETE_TASK_HISTORY: endedDeleteTasks,
  CDB_OB_BACKUP_STORAGE_INFO: storageInfos,
  CDB_OB_ARCHIVE_DEST: archiveSettings,
  CDB_OB_ARCHIVELOG: currentRounds,
  CDB_OB_ARCHIVELOG_SUMMARY: allRounds,
  CDB_OB_ARCHIVELOG_PIECE_FILES: pieces,
  CDB_OB_RESTORE_PROGRESS: restoreProgress,
  CDB_OB_RESTORE_HISTORY: restoreHistory,
  CDB_OB_LOG_RESTORE_SOURCE: restoreSources,
  CDB_OB_LS_LOG_ARCHIVE_PROGRESS: streamProgress,
  CDB_OB_ACCESS_POINT: accessPoints,
  DBA_OB_ROOTSERVICE_EVENT_HISTORY: rootserviceEvents,
  V$OB_ARCHIVE_DEST_STATUS: archiveDestStatus,
};

const EMPTY: ViewRows = () => [];

/** The tenant whose eyes a session looks through; ALTER SYSTEM CHANGE TENANT changes it. */
export interface Viewer {
  tenantId(): number;
}

const SYS = 1;

/** Database oceanbase of one session: sys sees all, a user tenant its own rows and no CDB view (1146). */
export function clusterViews(model: Model, viewer: Viewer): SystemViews {
  const definitions = viewDefinitions(model.version);
  const visible = ({ sysOnly }: ViewDefinition) => !sysOnly || viewer.tenantId() === SYS;
  return {
    names: () => [...definitions.values()].filter(visible).map(({ name }) => name),
    find(name) {
      const definition = definitions.get(name.toUpperCase());
      if (definition === undefined || !visible(definition)) return undefined;
      return systemView(model, definition, viewer.tenantId());
    },
  };
}

function systemView(model: Model, definition: ViewDefinition, viewerId: number): SystemView {
  const { name, twinOf, columns } = definition;
  const source = twinOf ?? name;
  const rowsOf = LIVE[source] ?? STILL[source] ?? EMPTY;
  const ownOnly = viewerId !== SYS || twinOf !== undefined;
  const names = columns.map((column) => column.name);
  return {
    name,
    columns,
    ...(source in LIVE ? {} : { revision: `${viewerId}/${revisionOf(model, source)}` }),
    rows: () => {
      const rows = rowsOf(noting(model, source));
      const seen = ownOnly ? rows.filter((row) => isOwn(row, viewerId)) : rows;
      return seen.map((row) => names.map((column) => valueOf(row, column)));
    },
  };
}

/** Rows without an owner (cluster parameters) are everyone's. */
function isOwn(row: ViewRow, viewerId: number): boolean {
  const owner = row["TENANT_ID"];
  return owner === viewerId || owner === null || owner === undefined;
}

function valueOf(row: ViewRow, column: string): Value {
  const value = row[column];
  if (value === undefined) throw new Error(`a view has no value for its column ${column}`);
  return value;
}

type TableName = keyof Model["state"];

/** By view: the tables that its rows were last made from. */
const madeFrom = new WeakMap<Model, Map<string, ReadonlySet<TableName>>>();

/** The model, noting which tables are read while the rows of a view are made. */
function noting(model: Model, source: string): Model {
  const read = new Set<TableName>();
  const views = madeFrom.get(model) ?? new Map<string, ReadonlySet<TableName>>();
  madeFrom.set(model, views.set(source, read));
  const state = new Proxy(model.state, {
    get(tables, name) {
      read.add(name as TableName);
      return tables[name as TableName];
    },
  });
  return { ...model, state };
}

/**
 * Differs when a table has changed that the view's rows were made from; of a view that was never made every table counts.
 * The cluster's own facts hold its clock and change all the time; no view but the live ones shows them.
 */
function revisionOf(model: Model, source: string): string {
  const { facts: _, ...tables } = model.state;
  const read = madeFrom.get(model)?.get(source);
  const names = Object.keys(tables).filter((name) => read?.has(name as TableName) ?? true);
  const sum = names.reduce((total, name) => total + tables[name as keyof typeof tables].revision, 0);
  return `${names.length}/${sum}/${model.sqlPort}`;
}
