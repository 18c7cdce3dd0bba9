import type { BackupType } from "./backup-set.ts";
import type { ProblemBody } from "./problem.ts";
import type { RestoreActions } from "./restore-plan.ts";
import type { Micros, Scn } from "./scn.ts";

/**
 * An operation is our durable intention; OceanBase's jobs are facts that we read.
 *
 * State: two fields, never multiplied into one. `phase` says how far, `outcome` how well and only once ended.
 *
 *   requested --intend--> starting --adopt--> running --end--> ended
 *       |                    |  ^__intend__|     |
 *       '------- end --------'-- end ------------'
 *
 * Events: `intend` the words about to be sent are on record; `adopt` the cluster shows our work; `end` an outcome is
 * known. `intend` while starting is the next statement of the same beginning, or the same one again after it was proven
 * not to have taken effect.
 *
 * Assumptions about OceanBase
 *   A1 DESCRIPTION comes back in the job's row and in its history row (seen on 4.2.1.9).
 *   A2 A job's row is in exactly one of the running and the history view (facts 2.2; one transaction moves it).
 *   A3 Names of units, pools and tenants are unique in a cluster.
 *   A4 ARCHIVELOG, NOARCHIVELOG and ACTIVATE sent twice do no harm (9091, 9092, no effect).
 *
 * Invariants, each held by the test in operation.test.ts or test/crash that bears its number
 *   I1 An ended operation never changes.
 *   I2 An operation has an outcome exactly when it has ended.
 *   I3 Before a statement is sent its intention is on record.
 *   I4 A job belongs to one operation: adoption is by signature, never by "the newest".
 *   I5 A statement with an effect is sent again only after its absence was observed for the whole adoption time.
 */
export type Phase = "requested" | "starting" | "running" | "ended";
export type Outcome = "succeeded" | "failed" | "canceled" | "lost";
export type OperationEvent = "intend" | "adopt" | "end";

/** Complete by type; null: the event cannot happen in that phase. */
export const AFTER: Readonly<Record<Phase, Readonly<Record<OperationEvent, Phase | null>>>> = {
  requested: { intend: "starting", adopt: null, end: "ended" },
  starting: { intend: "starting", adopt: "running", end: "ended" },
  running: { intend: "running", adopt: "running", end: "ended" },
  ended: { intend: null, adopt: null, end: null },
};

export type OperationKind =
  | "back-up"
  | "restore"
  | "start-archive"
  | "stop-archive"
  | "set-destinations"
  | "clean-up";

export type OperationRequest =
  | BackUpRequest
  | RestoreRequest
  | { readonly kind: "start-archive" }
  | { readonly kind: "stop-archive" }
  | SetDestinationsRequest
  | CleanUpRequest;

export interface BackUpRequest {
  readonly kind: "back-up";
  readonly type: BackupType;
  readonly plusArchivelog: boolean;
  /** Whether a password was given; absent: none. The password itself is sealed in the store. */
  readonly encrypted?: boolean;
}

/** URIs masked; the real ones are sealed in the store until the operation has ended. */
export interface SetDestinationsRequest {
  readonly kind: "set-destinations";
  readonly data: string | null;
  readonly archive: string | null;
}

/** Takes away what a failed restore left. Null: there was none of it that this restore had made. */
export interface CleanUpRequest {
  readonly kind: "clean-up";
  /** The restore's operation. */
  readonly of: string;
  /** The half-made tenant: no other one that bears its name by then is dropped. */
  readonly tenantId: number | null;
  readonly pool: string | null;
  readonly unit: string | null;
}

export interface RestoreRequest {
  readonly kind: "restore";
  readonly source: { readonly cluster: string; readonly tenant: string };
  readonly until: Scn;
  /** The newest instant was asked for: `until` is what it was then. */
  readonly latest?: boolean;
  readonly target: RestoreTarget;
  readonly activate: boolean;
  /** How many decryption passwords were given; absent: none. They are sealed in the store. */
  readonly passwordsGiven?: number;
  /** What the plan decided, kept so that a restarted server asks for exactly the same; secrets left out. */
  readonly actions: RestoreActions;
}

export interface RestoreTarget {
  readonly cluster: string;
  readonly tenant: string;
  readonly zones: readonly string[];
  /** An existing unit config by name, or one to be created for this tenant. */
  readonly unit: { readonly name: string } | UnitSize;
  readonly unitCount: number;
  readonly primaryZone: string | null;
  readonly concurrency: number | null;
}

export interface UnitSize {
  readonly cpu: number;
  readonly memoryBytes: number;
  readonly logDiskBytes: number;
}

export type StepName =
  | "set-data-destination"
  | "set-archive-destination"
  | "start-archive"
  | "stop-archive"
  | "back-up"
  | "create-unit"
  | "create-pool"
  | "restore"
  | "activate"
  | "verify"
  | "drop-tenant"
  | "drop-pool"
  | "drop-unit"
  | "cancel";

export type StepState = "waiting" | "sending" | "watching" | "done" | "failed" | "skipped";

/** One step of the story, in order. `statements` are masked and stand as they were sent. */
export interface OperationStep {
  readonly name: StepName;
  readonly state: StepState;
  readonly statements: readonly string[];
  readonly startedAt: Micros | null;
  /** When the words went out last, and how often: a second time only under I5. */
  readonly sentAt: Micros | null;
  readonly timesSent: number;
  readonly endedAt: Micros | null;
  /** What came of it, in words: `job 17`, `already there`, `3 zones`. */
  readonly note: string;
}

export interface OperationProgress {
  /** 0 to 1; null where OceanBase gives nothing to compute it from. */
  readonly fraction: number | null;
  /** OceanBase's own phase word. */
  readonly phaseWord: string | null;
  readonly inputBytes: number | null;
  readonly outputBytes: number | null;
  readonly observedAt: Micros;
}

/** What came out, filled in as it becomes known. */
export interface OperationResult {
  readonly jobId: number | null;
  readonly setId: number | null;
  /** OceanBase silently makes a full set where an incremental has no base: this is what it really made. */
  readonly actualType: BackupType | null;
  readonly minRestoreScn: Scn | null;
  readonly tenantId: number | null;
  readonly roundId: number | null;
}

export interface Operation {
  /** `op-` and ten letters and digits; also the signature that is sent as DESCRIPTION. */
  readonly id: string;
  /** Chosen by the client: the same request id never makes a second operation. */
  readonly requestId: string;
  readonly kind: OperationKind;
  /** Where the statements run, and the tenant they are about (for a restore: the new one). */
  readonly cluster: string;
  readonly tenant: string;
  readonly request: OperationRequest;
  readonly phase: Phase;
  readonly outcome: Outcome | null;
  readonly steps: readonly OperationStep[];
  readonly progress: OperationProgress | null;
  readonly result: OperationResult;
  readonly problem: ProblemBody | null;
  readonly requestedAt: Micros;
  readonly endedAt: Micros | null;
  readonly cancelRequestedAt: Micros | null;
  /** Goes up by one with every stored change; the store refuses a change that was computed from an older one. */
  readonly revision: number;
}

export const NO_RESULT: OperationResult = {
  jobId: null,
  setId: null,
  actualType: null,
  minRestoreScn: null,
  tenantId: null,
  roundId: null,
};

/** Throws RangeError when the event cannot happen in the operation's phase: a defect of the caller, not of a user. */
export function phaseAfter(phase: Phase, event: OperationEvent): Phase {
  const next = AFTER[phase][event];
  if (next === null) throw new RangeError(`an operation in phase ${phase} cannot take the event ${event}`);
  return next;
}

/** Ends an operation. The only place where an outcome is set (I2). */
export function ended(
  operation: Operation,
  end: { readonly outcome: Outcome; readonly at: Micros; readonly problem: ProblemBody | null },
): Operation {
  return {
    ...operation,
    phase: phaseAfter(operation.phase, "end"),
    outcome: end.outcome,
    problem: end.problem,
    endedAt: end.at,
  };
}
