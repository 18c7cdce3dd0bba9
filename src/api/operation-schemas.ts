import { z } from "zod";
import {
  backupType,
  bytes,
  clusterName,
  fileStatus,
  fraction,
  micros,
  problem,
  scnText,
  tenantName,
} from "./schemas.ts";

/** Restores and operations as they travel. */

const unitSize = z.strictObject({
  cpu: z.number().positive(),
  memoryBytes: bytes.positive(),
  logDiskBytes: bytes.positive(),
});

export const restoreTarget = z.strictObject({
  cluster: clusterName,
  tenant: tenantName,
  zones: z.array(z.string()).default([]).describe("Empty: every zone of the target cluster"),
  unit: z.union([z.strictObject({ name: z.string().min(1) }), unitSize]),
  unitCount: z.number().int().min(1).max(64).default(1),
  primaryZone: z.string().nullable().default(null),
  concurrency: z.number().int().min(0).max(100).nullable().default(null),
});

export const restoreOrder = z.strictObject({
  source: z.strictObject({ cluster: clusterName, tenant: tenantName }),
  until: z.union([
    z.strictObject({ scn: scnText }),
    z.strictObject({ time: z.string() }),
    z.strictObject({ latest: z.literal(true) }),
  ]),
  target: restoreTarget,
  activate: z.boolean().default(false),
  decryptionPasswords: z.array(z.string()).max(16).default([]),
});

const needAndFree = z.object({ need: z.number(), free: z.number() });

export const restorePlan = z.object({
  until: scnText,
  interval: z.object({ from: scnText, to: scnText }),
  sets: z.array(
    z.object({
      id: z.number(),
      type: backupType,
      minRestoreScn: scnText,
      outputBytes: bytes,
      path: z.string(),
      encrypted: z.boolean(),
    }),
  ),
  pieces: z.array(
    z.object({
      roundId: z.number(),
      id: z.number(),
      startScn: scnText,
      endScn: scnText,
      checkpointScn: scnText,
      outputBytes: bytes,
      path: z.string(),
      fileStatus,
    }),
  ),
  replayFrom: scnText,
  dataBytes: bytes,
  logBytes: bytes,
  room: z.array(
    z.object({
      zone: z.string(),
      cpu: needAndFree,
      memoryBytes: needAndFree,
      logDiskBytes: needAndFree,
      dataDiskBytes: needAndFree,
    }),
  ),
  guards: z.array(
    z.object({
      name: z.enum(["instant", "version", "name", "resources", "decryption", "parallel"]),
      isTight: z.boolean(),
      found: z.string(),
    }),
  ),
  /** The exact statements, in order, secrets masked: a DBA can finish by hand with them. */
  statements: z.array(z.string()),
  commandLine: z.string(),
  /** From earlier restores into the target cluster; null where none was measured. */
  estimate: z.object({ seconds: z.number(), basedOn: z.string().describe("operation id") }).nullable(),
  observedAt: micros,
});

export const operation = z.object({
  id: z.string(),
  requestId: z.string(),
  kind: z.enum(["back-up", "restore", "start-archive", "stop-archive", "set-destinations", "clean-up"]),
  cluster: z.string(),
  tenant: z.string(),
  request: z.discriminatedUnion("kind", [
    z.object({
      kind: z.literal("back-up"),
      type: backupType,
      plusArchivelog: z.boolean(),
      encrypted: z.boolean().optional(),
    }),
    z.object({
      kind: z.literal("restore"),
      source: z.object({ cluster: z.string(), tenant: z.string() }),
      until: scnText,
      target: restoreTarget,
      activate: z.boolean(),
    }),
    z.object({ kind: z.literal("start-archive") }),
    z.object({ kind: z.literal("stop-archive") }),
    z.object({
      kind: z.literal("set-destinations"),
      data: z.string().nullable(),
      archive: z.string().nullable(),
    }),
    z.object({
      kind: z.literal("clean-up"),
      of: z.string(),
      tenantId: z.number().nullable(),
      pool: z.string().nullable(),
      unit: z.string().nullable(),
    }),
  ]),
  phase: z.enum(["requested", "starting", "running", "ended"]),
  outcome: z.enum(["succeeded", "failed", "canceled", "lost"]).nullable(),
  steps: z.array(
    z.object({
      name: z.enum([
        "set-data-destination",
        "set-archive-destination",
        "start-archive",
        "stop-archive",
        "back-up",
        "create-unit",
        "create-pool",
        "restore",
        "activate",
        "verify",
        "drop-tenant",
        "drop-pool",
        "drop-unit",
        "cancel",
      ]),
      state: z.enum(["waiting", "sending", "watching", "done", "failed", "skipped"]),
      statements: z.array(z.string()),
      startedAt: micros.nullable(),
      sentAt: micros.nullable(),
      timesSent: z.number().int(),
      endedAt: micros.nullable(),
      note: z.string(),
    }),
  ),
  progress: z
    .object({
      fraction: fraction.nullable(),
      phaseWord: z.string().nullable(),
      inputBytes: bytes.nullable(),
      outputBytes: bytes.nullable(),
      observedAt: micros,
    })
    .nullable(),
  result: z.object({
    jobId: z.number().nullable(),
    setId: z.number().nullable(),
    actualType: backupType.nullable(),
    minRestoreScn: scnText.nullable(),
    tenantId: z.number().nullable(),
    roundId: z.number().nullable(),
  }),
  problem: problem.nullable(),
  requestedAt: micros,
  endedAt: micros.nullable(),
  cancelRequestedAt: micros.nullable(),
  revision: z.number().int(),
});
