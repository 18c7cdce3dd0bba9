export interface ParameterSeed {
  readonly name: string;
  readonly scope: "CLUSTER" | "TENANT";
  readonly section: string;
  readonly value: string;
  readonly info: string;
  readonly kind: "text" | "time" | "integer" | "size" | "boolean";
  /** Least and greatest, in microseconds for times. */
  readonly range?: readonly [number, number];
  readonly readOnly?: true;
}

const ARCHIVE_LAG_INFO =
  "The lag target of the log archive. The log archive target affects not only the backup availability, but also the " +
  "lag of the standby database based on archive. Values larger than 7200s are not reasonable lag. The typical value is " +
  "120s. Extremely low values can result in high IOPS, which is not optimal for object storage; such values can also " +
  "affect the performance of the database. The value 0ms means to archive as soon as possible. Range: [0ms,7200s]";

const cluster = { scope: "CLUSTER", section: "OBSERVER" } as const;
const rootservice = { scope: "CLUSTER", section: "ROOT_SERVICE" } as const;
const tenant = { scope: "TENANT", section: "TENANT" } as const;
const logService = { scope: "TENANT", section: "LOGSERVICE" } as const;
const score = { kind: "integer", value: "0", range: [0, 100] } as const;

/**
 * The parameters that backing up, restoring and looking at a cluster need; any other name is unknown here (5099), though
 * OceanBase has some hundreds. Values and ranges are those of ob_parameter_seed.ipp.
 */
export const PARAMETERS: readonly ParameterSeed[] = [
  { ...cluster, name: "cluster", kind: "text", value: "", info: "Name of the cluster", readOnly: true },
  { ...cluster, name: "cluster_id", kind: "integer", value: "1", info: "ID of the cluster", readOnly: true },
  { ...cluster, name: "cpu_count", kind: "integer", value: "0", info: "the number of CPU's in the system" },
  { ...cluster, name: "memory_limit", kind: "size", value: "0M", info: "the size of the memory reserved" },
  {
    ...cluster,
    name: "log_disk_size",
    kind: "size",
    value: "0M",
    info: "the size of disk space used by the log",
  },
  { ...cluster, name: "datafile_size", kind: "size", value: "0M", info: "size of the data file" },
  { ...rootservice, name: "enable_rebalance", kind: "boolean", value: "True", info: "enable rebalance" },
  {
    ...rootservice,
    name: "enable_rereplication",
    kind: "boolean",
    value: "True",
    info: "enable replication",
  },
  { ...cluster, name: "enable_rich_error_msg", kind: "boolean", value: "False", info: "error details" },
  { ...cluster, name: "_backup_idle_time", kind: "time", value: "5m", info: "backup scheduler idle time" },
  { ...cluster, name: "_restore_idle_time", kind: "time", value: "1m", info: "restore scheduler idle time" },
  { ...cluster, name: "_advance_checkpoint_timeout", kind: "time", value: "30m", info: "checkpoint timeout" },
  {
    ...tenant,
    name: "compatible",
    kind: "text",
    value: "",
    info: "data version of the tenant",
    readOnly: true,
  },
  {
    ...logService,
    name: "archive_lag_target",
    kind: "time",
    value: "120s",
    info: ARCHIVE_LAG_INFO,
    range: [0, 7200_000_000],
  },
  { ...logService, ...score, name: "log_archive_concurrency", info: "concurrency of log archiving" },
  { ...logService, ...score, name: "log_restore_concurrency", info: "concurrency of log restoring" },
  { ...tenant, ...score, name: "ha_high_thread_score", info: "high availability high thread score" },
  { ...tenant, ...score, name: "ha_mid_thread_score", info: "high availability mid thread score" },
  { ...tenant, ...score, name: "ha_low_thread_score", info: "high availability low thread score" },
  { ...tenant, name: "backup_data_file_size", kind: "size", value: "4G", info: "backup data file size" },
  { ...tenant, name: "cpu_quota_concurrency", kind: "integer", value: "4", info: "max quota per core" },
];

export function parameterSeed(name: string): ParameterSeed | undefined {
  const wanted = name.toLowerCase();
  return PARAMETERS.find((seed) => seed.name === wanted);
}
