import type { Row, Trace } from "./trace.ts";

/**
 * Takes out of a value what differs from one run to the next though nothing else happened: ids that a cluster hands out,
 * instants, addresses, sizes. What is left can be compared word by word.
 */
export interface Placeless {
  /** `META$1002` and `1002` read `META$rounds` and `rounds`. */
  value(column: string, row: Row): string;
  text(text: string): string;
  file(path: string): string;
}

const JOB_COLUMNS = new Set(["JOB_ID", "INITIATOR_JOB_ID"]);
const TENANT_COLUMNS = new Set([
  "TENANT_ID",
  "EXECUTOR_TENANT_ID",
  "INITIATOR_TENANT_ID",
  "RESTORE_TENANT_ID",
  "BACKUP_TENANT_ID",
]);

/** Sizes, instants and counts: only whether they are there, and whether they are nothing, is compared. */
const MEASURES =
  /(_SCN|_SCN_DISPLAY|_TIMESTAMP|_TIME|_BYTES|_BYTES_DISPLAY|_COUNT|_RATIO|_PROGRESS|ELAPSED_SECONDES|SWITCHOVER_EPOCH|MAX_LS_ID|CHECK_FILE_NAME)$/;

const NOTHING = /^(0|0\.00|0\.00MB|0\.00KB|0\.00B|0%|1970-01-01 00:00:00(\.0+)?|0000-00-00 00:00:00(\.0+)?)$/;

export function placelessFor(trace: Trace): Placeless {
  const tenants = tenantNames(trace);
  const counted = { backup: new Map<string, string>(), restore: new Map<string, string>() };
  const tenant = (id: string) => (id === "1" ? "sys" : (tenants.get(id) ?? `tenant ${id}`));
  const text = (raw: string) => withoutPlace(raw, tenants);
  return {
    text,
    file: (path) =>
      path
        .replace(/\d{8}T\d{6}/g, "{time}")
        .replace(/\d{19}/g, "{scn}")
        .replace(
          /(^|\/)(\d+)_connect_file/,
          (_, slash: string, id: string) => `${slash}${tenant(id)}_connect_file`,
        )
        .replace(/retry_\d+/, "retry_{n}")
        .replace(/\.\d+\.(obbak|obarc)$/, ".{n}.$1")
        .replace(/(log\/)\d+\.obarc$/, "$1{n}.obarc"),
    value(column, row) {
      const raw = row[column];
      if (raw === null || raw === undefined) return "NULL";
      if (TENANT_COLUMNS.has(column)) return raw === "0" ? "0" : raw.split(",").map(tenant).join(",");
      if (JOB_COLUMNS.has(column)) return jobName({ column, row, raw, counted });
      if (column === "RESOURCE_POOL_ID" || column === "UNIT_CONFIG_ID") return "{id}";
      if (MEASURES.test(column)) return measure(column, raw);
      return text(raw);
    },
  };
}

/** Job ids of sys are counted for the whole cluster: they are told in their order. A tenant's own are compared as they are. */
function jobName(job: {
  readonly column: string;
  readonly row: Row;
  readonly raw: string;
  readonly counted: Readonly<Record<"backup" | "restore", Map<string, string>>>;
}): string {
  const { column, row, raw, counted } = job;
  if (raw === "0") return raw;
  if (column === "JOB_ID" && row["TENANT_ID"] !== "1" && "BACKUP_SET_ID" in row) return raw;
  const kind = "RESTORE_TENANT_NAME" in row ? "restore" : "backup";
  const jobs = counted[kind];
  const known = jobs.get(raw) ?? `{${kind}-job-${jobs.size + 1}}`;
  jobs.set(raw, known);
  return known;
}

/** 1 is the lowest SCN, and means that nothing was reached yet. */
function measure(column: string, raw: string): string {
  if (raw === "") return "''";
  if (raw === "1" && column.endsWith("_SCN")) return "1";
  return NOTHING.test(raw) ? "0" : "set";
}

export function tenantNames({ moments, tenants = {} }: Trace): ReadonlyMap<string, string> {
  const names = new Map(Object.entries(tenants));
  for (const moment of moments) {
    if (!("view" in moment) || moment.view !== "DBA_OB_TENANTS" || !moment.appears) continue;
    names.set(moment.appears["TENANT_ID"] ?? "", moment.appears["TENANT_NAME"] ?? "");
  }
  for (const [id, name] of names) {
    const user = /^META\$(\d+)$/.exec(name)?.[1];
    if (user !== undefined) names.set(id, `META$${names.get(user) ?? user}`);
  }
  return names;
}

/** What is near a syntax error is cut after so many characters, of a path too. */
function withoutPlace(raw: string, tenants: ReadonlyMap<string, string>): string {
  return raw
    .replace(/Y[0-9A-F]+-[0-9A-F]{16}-\d+-\d+/g, "{trace}")
    .replace(/127\.0\.0\.1:\d+/g, "{server}")
    .replace(/\b1[6-9]\d{17}\b/g, "{scn}")
    .replace(/\b\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?/g, "{instant}")
    .replace(/\d{8}T\d{6}/g, "{time}")
    .replace(/'(\d+)'/g, (whole, id: string) => (tenants.has(id) ? `'${tenants.get(id)}'` : whole))
    .replace(/'(\d+)-default'/, (_, id: string) => `'${tenants.get(id) ?? id}-default'`)
    .replace(/near '(.{12}).*'( at line \d+)$/, "near '$1…'$2")
    .replace(/META\$(\d+)/g, (_, id: string) => `META$${tenants.get(id) ?? id}`)
    .replace(
      /\b(tenant_id|tenant)([:=] ?)(\d+)/g,
      (_, word: string, sign: string, id: string) => `${word}${sign}${tenants.get(id) ?? id}`,
    );
}
