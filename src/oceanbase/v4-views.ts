import type { Row } from "./row.ts";
import { textOf } from "./row.ts";

/** The columns that this server's views have, by view. Asked once per connection: they come and go between patches. */
export type KnownColumns = ReadonlyMap<string, ReadonlySet<string>>;

/** One view's share of a question. Its rows carry `source` in the column SOURCE. */
export interface Branch {
  readonly source: string;
  readonly view: string;
  readonly columns: readonly string[];
  /** `timestamp` columns: asked as microseconds since 1970, whatever zone the server or the session has. */
  readonly times?: readonly string[];
  /** Only the newest rows by this column. Absent: all, because every row decides what can be restored. */
  readonly newest?: { readonly by: string; readonly atMost: number };
}

/** A list of task shows so many at the most; older ended jobs are known by their sets. */
const ENDED_BACKUP_JOBS = 5000;
const ENDED_RESTORES = 1000;

const JOB_COLUMNS = [
  "TENANT_ID",
  "JOB_ID",
  "BACKUP_SET_ID",
  "INITIATOR_TENANT_ID",
  "INITIATOR_JOB_ID",
  "EXECUTOR_TENANT_ID",
  "PLUS_ARCHIVELOG",
  "BACKUP_TYPE",
  "STATUS",
  "RESULT",
  "COMMENT",
  "DESCRIPTION",
  "PATH",
];

const RESTORE_COLUMNS = [
  "TENANT_ID",
  "JOB_ID",
  "RESTORE_TENANT_NAME",
  "BACKUP_TENANT_NAME",
  "BACKUP_CLUSTER_NAME",
  "BACKUP_DEST",
  "RESTORE_SCN",
  "STATUS",
  "TABLET_COUNT",
  "FINISH_TABLET_COUNT",
  "TOTAL_BYTES",
  "FINISH_BYTES",
  "DESCRIPTION",
];

/**
 * The six questions of a pass, one statement each, whatever the number of tenants. Running rows stand before ended
 * ones: a row moves from the running view to the history in one transaction, so, read in this order, it is seen at
 * least once (and sometimes twice).
 */
export const QUESTIONS = {
  tenants: [
    {
      source: "tenant",
      view: "DBA_OB_TENANTS",
      columns: [
        "TENANT_ID",
        "TENANT_NAME",
        "TENANT_TYPE",
        "STATUS",
        "TENANT_ROLE",
        "LOG_MODE",
        "LOCALITY",
        "PRIMARY_ZONE",
        "COMPATIBILITY_MODE",
        "COMPATIBLE",
        "SYNC_SCN",
        "UNIT_NUM",
      ],
      times: ["CREATE_TIME"],
    },
  ],
  backupJobs: [
    {
      source: "running",
      view: "CDB_OB_BACKUP_JOBS",
      columns: JOB_COLUMNS,
      times: ["START_TIMESTAMP", "END_TIMESTAMP"],
    },
    {
      source: "task",
      view: "CDB_OB_BACKUP_TASKS",
      columns: [
        "TENANT_ID",
        "TASK_ID",
        "JOB_ID",
        "STATUS",
        "INPUT_BYTES",
        "OUTPUT_BYTES",
        "MACRO_BLOCK_COUNT",
        "FINISH_MACRO_BLOCK_COUNT",
        "DATA_PROGRESS",
      ],
    },
    {
      source: "history",
      view: "CDB_OB_BACKUP_JOB_HISTORY",
      columns: JOB_COLUMNS,
      times: ["START_TIMESTAMP", "END_TIMESTAMP"],
      newest: { by: "START_TIMESTAMP", atMost: ENDED_BACKUP_JOBS },
    },
  ],
  sets: [
    {
      source: "set",
      view: "CDB_OB_BACKUP_SET_FILES",
      columns: [
        "TENANT_ID",
        "BACKUP_SET_ID",
        "BACKUP_TYPE",
        "PREV_FULL_BACKUP_SET_ID",
        "PREV_INC_BACKUP_SET_ID",
        "STATUS",
        "FILE_STATUS",
        "PLUS_ARCHIVELOG",
        "START_REPLAY_SCN",
        "MIN_RESTORE_SCN",
        "INPUT_BYTES",
        "OUTPUT_BYTES",
        "ENCRYPTION_MODE",
        "TENANT_COMPATIBLE",
        "CLUSTER_VERSION",
        "PATH",
      ],
      times: ["START_TIMESTAMP", "END_TIMESTAMP"],
    },
  ],
  archive: [
    {
      source: "round",
      view: "CDB_OB_ARCHIVELOG_SUMMARY",
      columns: [
        "TENANT_ID",
        "DEST_ID",
        "ROUND_ID",
        "STATUS",
        "START_SCN",
        "CHECKPOINT_SCN",
        "INPUT_BYTES",
        "OUTPUT_BYTES",
        "COMMENT",
        "PATH",
      ],
    },
    {
      source: "piece",
      view: "CDB_OB_ARCHIVELOG_PIECE_FILES",
      columns: [
        "TENANT_ID",
        "DEST_ID",
        "ROUND_ID",
        "PIECE_ID",
        "STATUS",
        "START_SCN",
        "CHECKPOINT_SCN",
        "END_SCN",
        "INPUT_BYTES",
        "OUTPUT_BYTES",
        "FILE_STATUS",
        "PATH",
      ],
    },
  ],
  restores: [
    {
      source: "running",
      view: "CDB_OB_RESTORE_PROGRESS",
      columns: [...RESTORE_COLUMNS, "RECOVER_PROGRESS", "RESTORE_PROGRESS"],
      times: ["START_TIMESTAMP"],
    },
    {
      source: "history",
      view: "CDB_OB_RESTORE_HISTORY",
      columns: [...RESTORE_COLUMNS, "COMMENT"],
      times: ["START_TIMESTAMP", "FINISH_TIMESTAMP"],
      newest: { by: "START_TIMESTAMP", atMost: ENDED_RESTORES },
    },
  ],
  settings: [
    {
      source: "server",
      view: "GV$OB_SERVERS",
      columns: [
        "SVR_IP",
        "SVR_PORT",
        "ZONE",
        "CPU_CAPACITY",
        "CPU_CAPACITY_MAX",
        "CPU_ASSIGNED",
        "CPU_ASSIGNED_MAX",
        "MEM_CAPACITY",
        "MEM_ASSIGNED",
        "LOG_DISK_CAPACITY",
        "LOG_DISK_ASSIGNED",
        "DATA_DISK_CAPACITY",
        "DATA_DISK_IN_USE",
      ],
    },
    { source: "server-status", view: "DBA_OB_SERVERS", columns: ["SVR_IP", "SVR_PORT", "ZONE", "STATUS"] },
    {
      source: "unit",
      view: "DBA_OB_UNIT_CONFIGS",
      columns: ["UNIT_CONFIG_ID", "NAME", "MAX_CPU", "MIN_CPU", "MEMORY_SIZE", "LOG_DISK_SIZE"],
    },
    {
      source: "pool",
      view: "DBA_OB_RESOURCE_POOLS",
      columns: ["NAME", "TENANT_ID", "UNIT_COUNT", "UNIT_CONFIG_ID", "ZONE_LIST"],
    },
    {
      source: "archive-setting",
      view: "CDB_OB_ARCHIVE_DEST",
      columns: ["TENANT_ID", "DEST_NO", "NAME", "VALUE"],
    },
    { source: "data-setting", view: "CDB_OB_BACKUP_PARAMETER", columns: ["TENANT_ID", "NAME", "VALUE"] },
  ],
} as const satisfies Readonly<Record<string, readonly Branch[]>>;

/**
 * Which rounds were interrupted before Holdfast looked: their rows forget it, this view keeps it for days. VALUE1 is the
 * tenant, VALUE4 the new status (seen for other changes of status on 4.2.1.9; for INTERRUPTED by the same code's reading).
 */
const INTERRUPTIONS = {
  view: "DBA_OB_ROOTSERVICE_EVENT_HISTORY",
  where: "MODULE = 'log_archive' AND EVENT = 'change_status' AND VALUE4 = 'INTERRUPTED'",
  atMost: 1000,
} as const;

export type Question = keyof typeof QUESTIONS;

/** Who is there: asked once per connection. `CLUSTER_NOW` is asked with every pass, by `clockAnd`. */
export const WHO_IS_THERE = [
  "SELECT version() AS VERSION, ob_version() AS OB_VERSION, @@version_comment AS VERSION_COMMENT,",
  "(SELECT MAX(VALUE) FROM oceanbase.GV$OB_PARAMETERS WHERE NAME = 'cluster') AS CLUSTER_NAME",
].join(" ");

const CLUSTER_NOW = "TIME_TO_USEC(NOW(6)) AS CLUSTER_NOW";

/** Which of the columns that Holdfast reads this server has. */
export function columnsQuestion(): string {
  const branches: readonly Pick<Branch, "view">[] = [...Object.values(QUESTIONS).flat(), INTERRUPTIONS];
  const views = [...new Set(branches.map(({ view }) => view))].map((view) => `'${view}'`).join(", ");
  return `SELECT TABLE_NAME, COLUMN_NAME FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = 'oceanbase' AND TABLE_NAME IN (${views})`;
}

export function knownColumns(rows: readonly Row[]): KnownColumns {
  const known = new Map<string, Set<string>>();
  for (const row of rows) {
    const view = textOf(row, "TABLE_NAME").toUpperCase();
    const columns = known.get(view) ?? new Set<string>();
    known.set(view, columns.add(textOf(row, "COLUMN_NAME").toUpperCase()));
  }
  return known;
}

/** Whether each question has at least one of its views on a server with these columns. */
export function answersAll(known: KnownColumns): boolean {
  return Object.values(QUESTIONS).every((branches: readonly Branch[]) =>
    branches.some(({ view }) => known.has(view)),
  );
}

/** Asked once per connection; undefined where the server does not show it. */
export function interruptionsQuestion(known: KnownColumns): string | undefined {
  const { view, where, atMost } = INTERRUPTIONS;
  if (!known.has(view)) return undefined;
  return `SELECT VALUE1 AS TENANT_ID, TIME_TO_USEC(\`TIMESTAMP\`) AS INTERRUPTED_AT FROM oceanbase.${view} WHERE ${where} ORDER BY \`TIMESTAMP\` DESC LIMIT ${atMost}`;
}

/** The statement of one question on a server with these columns. PASSWD is in none of them. */
export function selectText(question: Question, known: KnownColumns): string {
  const all: readonly Branch[] = QUESTIONS[question];
  const branches = all.filter(({ view }) => known.has(view));
  const names = [...new Set(branches.flatMap(({ columns, times = [] }) => [...columns, ...times]))];
  const extra = question === "tenants" ? [CLUSTER_NOW] : [];
  return branches.map((branch) => branchText(branch, { names, known, extra })).join(" UNION ALL ");
}

interface Shape {
  readonly names: readonly string[];
  readonly known: KnownColumns;
  readonly extra: readonly string[];
}

function branchText(branch: Branch, { names, known, extra }: Shape): string {
  const present = known.get(branch.view);
  const times = new Set(branch.times);
  const cells = names.map((name) => {
    const asked = times.has(name) || branch.columns.includes(name);
    if (!asked || !present?.has(name)) return `NULL AS ${name}`;
    if (times.has(name)) return `TIME_TO_USEC(${name}) AS ${name}`;
    // COMMENT, STATUS and VALUE are keywords in places.
    return `\`${name}\``;
  });
  const select = `SELECT ${[`'${branch.source}' AS SOURCE`, ...cells, ...extra].join(", ")} FROM oceanbase.${branch.view}`;
  if (branch.newest === undefined || !present?.has(branch.newest.by)) return select;
  return `SELECT * FROM (${select} ORDER BY \`${branch.newest.by}\` DESC LIMIT ${branch.newest.atMost}) AS ${branch.source}`;
}
