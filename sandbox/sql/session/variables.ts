import { SqlError } from "../../engine.ts";
import { zoneMinutes } from "../functions/date-functions.ts";
import type { VariableValue } from "../session-options.ts";

/**
 * The system variables of a fresh tenant, as far as clients ask for them. Values: OceanBase 4.x system variable
 * reference; the first group is confirmed by the figures of its manual for 4.2 (autocommit, isolation, zone, charset,
 * timeouts), the rest are what MySQL 5.7 clients expect to exist.
 */
const DEFAULTS: Readonly<Record<string, VariableValue>> = {
  autocommit: 1,
  tx_isolation: "READ-COMMITTED",
  transaction_isolation: "READ-COMMITTED",
  time_zone: "+08:00",
  system_time_zone: "+08:00",
  lower_case_table_names: 1,
  character_set_client: "utf8mb4",
  character_set_connection: "utf8mb4",
  character_set_results: "utf8mb4",
  character_set_server: "utf8mb4",
  character_set_database: "utf8mb4",
  character_set_system: "utf8mb4",
  character_set_filesystem: "binary",
  collation_connection: "utf8mb4_general_ci",
  collation_server: "utf8mb4_general_ci",
  collation_database: "utf8mb4_general_ci",
  max_allowed_packet: 67108864,
  ob_query_timeout: 10000000,
  ob_trx_timeout: 86400000000,
  ob_trx_idle_timeout: 86400000000,
  ob_trx_lock_timeout: -1,
  ob_compatibility_mode: "MYSQL",
  ob_read_consistency: "STRONG",
  ob_enable_transformation: 1,
  ob_enable_plan_cache: 1,
  ob_log_level: "disabled",
  ob_default_replica_num: 1,
  ob_capability_flag: 916303,
  ob_safe_weak_read_snapshot: 0,
  undo_retention: 1800,
  sql_mode: "STRICT_TRANS_TABLES",
  group_concat_max_len: 1024,
  auto_increment_increment: 1,
  auto_increment_offset: 1,
  auto_increment_cache_size: 1000000,
  div_precision_increment: 4,
  wait_timeout: 28800,
  interactive_timeout: 28800,
  net_read_timeout: 30,
  net_write_timeout: 60,
  net_buffer_length: 16384,
  connect_timeout: 10,
  lock_wait_timeout: 31536000,
  innodb_lock_wait_timeout: 50,
  max_execution_time: 0,
  max_connections: 4294967295,
  max_user_connections: 0,
  foreign_key_checks: 1,
  unique_checks: 1,
  sql_safe_updates: 0,
  sql_select_limit: 9223372036854775807n,
  sql_quote_show_create: 1,
  sql_auto_is_null: 0,
  sql_notes: 1,
  sql_warnings: 0,
  sql_log_bin: 1,
  sql_require_primary_key: 0,
  timestamp: 0,
  tx_read_only: 0,
  transaction_read_only: 0,
  read_only: 0,
  super_read_only: 0,
  license: "",
  init_connect: "",
  query_cache_size: 0,
  query_cache_type: "OFF",
  have_ssl: "DISABLED",
  have_query_cache: "NO",
  have_profiling: "NO",
  performance_schema: 0,
  default_storage_engine: "OceanBase",
  storage_engine: "OceanBase",
  default_authentication_plugin: "mysql_native_password",
  explicit_defaults_for_timestamp: 1,
  secure_file_priv: null,
  server_id: 1,
  server_uuid: "",
  log_bin: 1,
  binlog_format: "ROW",
  binlog_row_image: "FULL",
  gtid_mode: "OFF",
  hostname: "sandbox",
  port: 2881,
  protocol_version: 10,
  recyclebin: 0,
  parallel_max_servers: 0,
  parallel_servers_target: 0,
  protocol_compression_algorithms: "uncompressed",
  profiling: 0,
  updatable_views_with_limit: 1,
  default_week_format: 0,
  lc_time_names: "en_US",
  lc_messages: "en_US",
  information_schema_stats_expiry: 86400,
  innodb_version: "5.7.25",
};

const SYNONYMS: Record<string, string> = {
  transaction_isolation: "tx_isolation",
  transaction_read_only: "tx_read_only",
};
/** Reading is all a client may do with these. */
const READ_ONLY = new Set([
  "version",
  "version_comment",
  "lower_case_table_names",
  "system_time_zone",
  "hostname",
  "port",
  "license",
  "ob_compatibility_mode",
]);
const ISOLATION = new Set(["READ-UNCOMMITTED", "READ-COMMITTED", "REPEATABLE-READ", "SERIALIZABLE"]);
/** Shown as ON and OFF by SHOW VARIABLES. */
const SWITCHES = new Set(
  (
    "autocommit foreign_key_checks unique_checks sql_safe_updates ob_enable_transformation ob_enable_plan_cache sql_notes sql_warnings " +
    "sql_auto_is_null sql_quote_show_create tx_read_only transaction_read_only read_only super_read_only performance_schema log_bin " +
    "recyclebin sql_log_bin explicit_defaults_for_timestamp profiling updatable_views_with_limit sql_require_primary_key"
  ).split(" "),
);

const unknown = (name: string) => new SqlError(1193, "HY000", `Unknown system variable '${name}'`);

export interface VariableSources {
  readonly globals: Map<string, VariableValue>;
  readonly versionText: string;
  readonly versionComment: string;
}

/** A session's system and user variables over its tenant's global ones. */
export class Variables {
  readonly #globals: Map<string, VariableValue>;
  readonly #fixed: ReadonlyMap<string, VariableValue>;
  /** Global values as they were when the session began: SET GLOBAL changes later sessions only. */
  #base: ReadonlyMap<string, VariableValue>;
  readonly #session = new Map<string, VariableValue>();
  readonly user = new Map<string, VariableValue>();

  constructor({ globals, versionText, versionComment }: VariableSources) {
    this.#globals = globals;
    this.#base = new Map(globals);
    this.#fixed = new Map([
      ["version", versionText],
      ["version_comment", versionComment],
      ["version_compile_os", "Linux"],
      ["version_compile_machine", "x86_64"],
    ]);
  }

  reset(): void {
    this.#base = new Map(this.#globals);
    this.#session.clear();
    this.user.clear();
  }

  find(name: string): VariableValue | undefined {
    const key = canonicalName(name);
    const own = this.#session.get(key);
    if (own !== undefined) return own;
    const found = this.#fixed.get(key) ?? this.#base.get(key);
    return found === undefined ? DEFAULTS[key] : found;
  }

  findGlobal(name: string): VariableValue | undefined {
    const key = canonicalName(name);
    const found = this.#fixed.get(key) ?? this.#globals.get(key);
    return found === undefined ? DEFAULTS[key] : found;
  }

  /** The name behind @@: `x`, `session.x`, `local.x` or `global.x`. Throws 1193. */
  at(path: string): VariableValue {
    const [scope = "", name] = path.toLowerCase().split(".");
    const value = scope === "global" && name ? this.findGlobal(name) : this.find(name ?? scope);
    if (value === undefined) throw unknown(name ?? scope);
    return value;
  }

  text(name: string): string {
    return String(this.find(name) ?? "");
  }

  number(name: string): number {
    return Number(this.find(name) ?? 0);
  }

  /** `undefined` puts the default back. Throws 1193, 1231, 1238 and 1298. */
  set(scope: "session" | "global", name: string, value: VariableValue | undefined): void {
    const key = canonicalName(name);
    if (this.find(key) === undefined) throw unknown(name);
    if (READ_ONLY.has(key)) throw new SqlError(1238, "HY000", `Variable '${name}' is a read only variable`);
    const target = scope === "global" ? this.#globals : this.#session;
    if (value === undefined) target.delete(key);
    else target.set(key, checked(key, value));
  }

  /** All of them with their values as SHOW VARIABLES prints them, sorted by name. */
  shown(scope: "session" | "global"): readonly (readonly [string, string])[] {
    const names = new Set([
      ...Object.keys(DEFAULTS),
      ...this.#fixed.keys(),
      ...this.#globals.keys(),
      ...this.#session.keys(),
    ]);
    return [...names].toSorted().map((name) => {
      const value = scope === "global" ? this.findGlobal(name) : this.find(name);
      return [name, SWITCHES.has(name) ? (Number(value) ? "ON" : "OFF") : String(value ?? "")];
    });
  }
}

const canonicalName = (name: string) => SYNONYMS[name.toLowerCase()] ?? name.toLowerCase();

function checked(name: string, value: VariableValue): VariableValue {
  const wrong = new SqlError(
    1231,
    "42000",
    `Variable '${name}' can't be set to the value of '${String(value)}'`,
  );
  if (name === "time_zone") return checkedZone(String(value));
  if (name === "tx_isolation") {
    const level = String(value).toUpperCase().replace(" ", "-");
    if (!ISOLATION.has(level)) throw wrong;
    return level;
  }
  if (SWITCHES.has(name)) return switchValue(value) ?? raise(wrong);
  const isNumber = typeof DEFAULTS[name] === "number" || typeof DEFAULTS[name] === "bigint";
  if (isNumber && (typeof value === "string" || value === null)) {
    throw new SqlError(1232, "42000", `Incorrect argument type to variable '${name}'`);
  }
  return value;
}

function raise(error: SqlError): never {
  throw error;
}

function switchValue(value: VariableValue): number | undefined {
  const word = String(value).toUpperCase();
  if (word === "1" || word === "ON" || word === "TRUE") return 1;
  return word === "0" || word === "OFF" || word === "FALSE" ? 0 : undefined;
}

/** Zones by name need tables that a fresh tenant does not have: 1298, as there. */
function checkedZone(zone: string): string {
  const plain = zone.toUpperCase() === "SYSTEM" ? "+08:00" : zone;
  const minutes = zoneMinutes(plain);
  if (minutes === undefined) throw new SqlError(1298, "HY000", `Unknown or incorrect time zone: '${zone}'`);
  return plain.replace(/^([+-])(\d):/, "$10$2:");
}
