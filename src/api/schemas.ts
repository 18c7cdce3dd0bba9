import { z } from "zod";
import { PROBLEM_STATUS, type ProblemCode } from "../domain/problem.ts";

/** The shapes that travel. Times are microseconds since 1970 UTC, SCNs decimal strings, sizes bytes, fractions 0 to 1. */

const codes = Object.keys(PROBLEM_STATUS) as [ProblemCode, ...ProblemCode[]];

export const scnText = z
  .string()
  .regex(/^\d{1,20}$/)
  .describe("SCN: nanoseconds since 1970-01-01 UTC");
export const micros = z.number().int().describe("microseconds since 1970-01-01 UTC");
export const bytes = z.number().describe("bytes");
export const fraction = z.number().min(0).max(1);
const version = z.object({
  numbers: z.tuple([z.number(), z.number(), z.number(), z.number()]),
  build: z.string().optional(),
});

export const problem = z
  .object({
    code: z.enum(codes),
    found: z.string(),
    remedy: z.string(),
    values: z.record(z.string(), z.union([z.string(), z.number(), z.null(), z.array(z.string())])),
    oceanbase: z.object({ errno: z.number().int(), message: z.string() }).nullable(),
  })
  .describe("What was found against what was expected, and what to do next");

export const clusterName = z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,62}$/);
export const tenantName = z.string().min(1).max(128);

export const cluster = z.object({
  name: clusterName,
  host: z.string(),
  port: z.number().int(),
  user: z.string(),
  clusterName: z.string(),
  version: z.string(),
  versionComment: z.string(),
  isSandbox: z.boolean(),
  addedAt: micros,
  observedAt: micros.nullable(),
  clusterNow: scnText.nullable(),
  unobserved: z.object({ since: micros, problem }).nullable(),
  tenantCount: z.number().int(),
});

export const newCluster = z.strictObject({
  name: clusterName,
  address: z.string().describe("HOST:PORT"),
  user: z.string().default("root@sys"),
  password: z.string().default(""),
});

const room = z.object({ total: z.number(), assigned: z.number() });

export const clusterResources = z.object({
  servers: z.array(
    z.object({
      address: z.string(),
      zone: z.string(),
      statusWord: z.string(),
      isActive: z.boolean(),
      cpu: room,
      memoryBytes: room,
      logDiskBytes: room,
      dataDiskBytes: room,
    }),
  ),
  unitConfigs: z.array(
    z.object({
      name: z.string(),
      maxCpu: z.number(),
      minCpu: z.number(),
      memoryBytes: bytes,
      logDiskBytes: bytes,
    }),
  ),
  pools: z.array(
    z.object({
      name: z.string(),
      tenantId: z.number().nullable(),
      unitConfigName: z.string(),
      unitCount: z.number(),
      zones: z.array(z.string()),
    }),
  ),
});

export const tenant = z.object({
  id: z.number().int(),
  name: tenantName,
  kind: z.enum(["sys", "user", "meta"]),
  statusWord: z.string(),
  isNormal: z.boolean(),
  role: z.enum(["primary", "standby", "restore", "clone", "unknown"]),
  logMode: z.enum(["archivelog", "noarchivelog", "unknown"]),
  locality: z.string(),
  primaryZone: z.string(),
  createdAt: micros.nullable(),
  compatible: version.nullable(),
  mode: z.enum(["mysql", "oracle", "unknown"]),
  syncScn: scnText.nullable(),
  unitCount: z.number().nullable(),
});

export const destinations = z.object({
  data: z.string().nullable(),
  archive: z.string().nullable(),
  pieceSwitchInterval: z.string().nullable(),
});

export const backupType = z.enum(["full", "incremental"]);
export const fileStatus = z.enum([
  "available",
  "copying",
  "incomplete",
  "deleting",
  "deleted",
  "broken",
  "unknown",
]);
const jobStatus = z.enum(["running", "canceling", "completed", "failed", "canceled", "unknown"]);

export const backupSet = z.object({
  id: z.number().int(),
  type: backupType,
  previousFullId: z.number().int(),
  previousIncrementalId: z.number().int(),
  status: z.enum(["running", "succeeded", "failed", "unknown"]),
  fileStatus,
  statusWords: z.string(),
  startReplayScn: scnText,
  minRestoreScn: scnText,
  startedAt: micros.nullable(),
  endedAt: micros.nullable(),
  inputBytes: bytes,
  outputBytes: bytes,
  path: z.string(),
  plusArchivelog: z.boolean(),
  encrypted: z.boolean(),
  tenantCompatible: version.nullable(),
  clusterVersion: version.nullable(),
});

export const archiveRound = z.object({
  destId: z.number().int(),
  id: z.number().int(),
  status: z.enum([
    "preparing",
    "beginning",
    "doing",
    "interrupted",
    "suspending",
    "suspended",
    "stopping",
    "stopped",
    "unknown",
  ]),
  statusWord: z.string(),
  startScn: scnText,
  checkpointScn: scnText,
  startedAt: micros.nullable(),
  path: z.string(),
  inputBytes: bytes,
  outputBytes: bytes,
  comment: z.string(),
  /** What OceanBase said when the round was interrupted, perhaps nothing; null where it was not. */
  interruption: z.string().nullable(),
});

export const backupJob = z.object({
  id: z.number().int(),
  setId: z.number().int(),
  isHistory: z.boolean(),
  status: jobStatus,
  statusWord: z.string(),
  phaseWord: z.string().nullable(),
  type: backupType,
  plusArchivelog: z.boolean(),
  startedBySys: z.boolean(),
  startedAt: micros.nullable(),
  endedAt: micros.nullable(),
  description: z.string(),
  resultCode: z.number().int(),
  comment: z.string(),
  path: z.string(),
  progress: z.object({ fraction: fraction.nullable(), inputBytes: bytes, outputBytes: bytes }).nullable(),
});

/** A data backup task as the page lists it: the job, its set, and the operation of ours that asked for it, if one did. */
export const backupTask = backupJob.extend({
  minRestoreScn: scnText.nullable(),
  outputBytes: bytes.nullable(),
  inputBytes: bytes.nullable(),
  operationId: z.string().nullable(),
  statements: z.array(z.string()),
});

/** Why an action is not offered; null when it is. */
const offer = z.object({ refusedBy: problem.nullable() });

export const restoreTask = z.object({
  /** The operation where Holdfast asked for it; otherwise `job-<id>` of a restore that somebody else started. */
  id: z.string(),
  operationId: z.string().nullable(),
  jobId: z.number().int().nullable(),
  sourceCluster: z.string(),
  sourceTenant: z.string(),
  targetCluster: z.string(),
  targetTenant: z.string(),
  until: scnText.nullable(),
  status: z.enum(["running", "succeeded", "failed", "canceled", "lost", "unknown"]),
  statusWord: z.string(),
  startedAt: micros.nullable(),
  endedAt: micros.nullable(),
  fraction: fraction.nullable(),
  comment: z.string(),
  destinations: z.string(),
  /** Whether what it left can be cleaned up; null where it left nothing by its nature (it runs, or went well). */
  cleanUp: offer.nullable(),
});

export const gapCause = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("no-backup-yet") }),
  z.object({ kind: z.literal("set-failed"), setId: z.number() }),
  z.object({ kind: z.literal("set-running"), setId: z.number() }),
  z.object({
    kind: z.literal("set-not-covered"),
    setId: z.number(),
    checkpointScn: scnText,
    minRestoreScn: scnText,
  }),
  z.object({
    kind: z.enum(["archive-stopped", "archive-interrupted", "archive-suspended"]),
    roundId: z.number(),
    comment: z.string(),
  }),
  z.object({ kind: z.literal("no-set-in-round"), roundId: z.number() }),
  z.object({
    kind: z.enum(["piece-deleted", "piece-unavailable", "piece-missing"]),
    roundId: z.number(),
    pieceId: z.number(),
  }),
  z.object({ kind: z.enum(["set-deleted", "set-unavailable"]), setId: z.number() }),
  z.object({ kind: z.literal("chain-broken"), setId: z.number(), missingSetId: z.number() }),
  z.object({ kind: z.literal("not-archived-yet"), roundId: z.number() }),
  z.object({ kind: z.literal("no-archive") }),
]);

const interval = z.object({
  from: scnText,
  to: scnText,
  openedBySetId: z.number(),
  roundId: z.number().nullable(),
  isLive: z.boolean(),
});

const gap = z.object({
  from: scnText,
  to: scnText,
  cause: gapCause,
  isOpen: z.boolean(),
  closedBySetId: z.number().nullable(),
});

/** A set as a mark on the timeline. `at` is its restorable instant, or when it started if it never got one. */
const mark = z.object({
  setId: z.number(),
  type: backupType,
  status: z.enum(["running", "succeeded", "failed", "unknown"]),
  /** An interval is open at this mark: a restore to it is possible. */
  isRestorable: z.boolean(),
  at: scnText,
  startedAt: micros.nullable(),
  endedAt: micros.nullable(),
  outputBytes: bytes,
  inputBytes: bytes,
  encrypted: z.boolean(),
  plusArchivelog: z.boolean(),
  compatible: z.string().nullable(),
  fraction: fraction.nullable(),
  startedBySys: z.boolean(),
  comment: z.string(),
});

const band = z.object({
  roundId: z.number(),
  destId: z.number(),
  status: archiveRound.shape.status,
  statusWord: z.string(),
  from: scnText,
  to: scnText,
  comment: z.string(),
  interruption: archiveRound.shape.interruption,
  /** Where pieces begin inside the window. */
  notches: z.array(scnText),
});

/** One window of a tenant's restorable time, computed by the server. */
export const restorableWindow = z.object({
  window: z.object({ from: scnText, to: scnText }),
  /** The cluster's clock when it was observed: the live edge. Nothing later is known. */
  now: scnText,
  observedAt: micros,
  /** Everything that is kept, for the verdict and the strip below the timeline. */
  span: z.object({ from: scnText, to: scnText }).nullable(),
  verdict: z.object({
    earliest: scnText.nullable(),
    latest: scnText.nullable(),
    /** Gaps between `earliest` and `latest`. */
    innerGaps: z.number().int(),
    /** The gap that grows now, if one does. */
    openGap: gap.nullable(),
  }),
  intervals: z.array(interval).max(400),
  gaps: z.array(gap).max(400),
  rounds: z.array(band).max(400),
  marks: z.array(mark).max(400),
  strip: z.object({
    intervals: z.array(interval).max(400),
    gaps: z.array(gap).max(400),
    marks: z.array(mark).max(400),
  }),
});

/** The tenant's page: identity, the block's figures and which actions are offered. */
export const tenantPage = z.object({
  cluster,
  tenant,
  destinations,
  observedAt: micros,
  goneAt: micros.nullable().describe("When the tenant was first missed; null while the cluster has it"),
  /** No backup job was ever seen: the page's first face. */
  hasBackups: z.boolean(),
  policy: z.enum(["none"]).describe("Policies come later; until then no tenant has one"),
  lastDataBackup: z
    .object({ at: scnText, setId: z.number(), type: backupType })
    .nullable()
    .describe("The newest set that succeeded"),
  lastAttempt: z
    .object({
      jobId: z.number().int(),
      setId: z.number().int(),
      status: jobStatus,
      statusWord: z.string(),
      endedAt: micros.nullable(),
      resultCode: z.number().int(),
      comment: z.string(),
    })
    .nullable()
    .describe("The newest data backup that has ended, however it ended"),
  log: z.object({
    checkpoint: scnText.nullable(),
    delaySeconds: z.number().nullable(),
    roundId: z.number().nullable(),
    status: archiveRound.shape.status.nullable(),
    statusWord: z.string().nullable(),
    comment: z.string(),
  }),
  files: z.object({ dataBytes: bytes, logBytes: bytes }),
  verdict: restorableWindow.shape.verdict,
  actions: z.object({
    backUp: offer,
    backUpCluster: offer,
    newPolicy: offer,
    restore: offer,
    startArchive: offer,
    stopArchive: offer,
    setDestinations: offer,
  }),
});

export const tenantRow = z.object({
  cluster: clusterName,
  tenant,
  observedAt: micros,
  goneAt: tenantPage.shape.goneAt,
  isStale: z.boolean(),
  hasBackups: z.boolean(),
  lastDataBackup: tenantPage.shape.lastDataBackup,
  log: tenantPage.shape.log,
  verdict: restorableWindow.shape.verdict,
  files: tenantPage.shape.files,
});
