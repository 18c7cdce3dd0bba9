/**
 * What goes wrong, and when: plain data, from a file (parse-faults.ts) or drawn from a seed (draw-faults.ts). The table
 * of kinds, with what a client sees of each, is docs/sandbox-faults.md.
 */
export interface Fault {
  readonly when: When;
  /** How long it goes on. What it means when absent depends on the kind. */
  readonly for?: Span;
  readonly what: What;
}

/** At least one of `afterSeconds` and `statement`; with both, statements count once the seconds are over. */
export interface When {
  /** Counted from the moment that the faults were given to the cluster, on its clock. */
  readonly afterSeconds?: number;
  /** One of STATEMENT_KINDS, or a regular expression between slashes, compared without case. */
  readonly statement?: string;
  /** Which of the statements that match, beginning with 1. Default 1. */
  readonly nth?: number;
}

export type Span = { readonly seconds: number } | { readonly times: number };

/** What happens between a client and the cluster. Without `for` it happens once. */
export type LineFault =
  | { readonly kind: "refused" }
  | { readonly kind: "dropped-before" }
  | { readonly kind: "dropped-after" }
  /** 4012. The effect comes all the same, so much later; default 0: it is there when the client reads the error. */
  | { readonly kind: "timeout"; readonly effectAfterSeconds?: number }
  /** Answered with an error, without an effect. */
  | {
      readonly kind: "error";
      readonly errno: number;
      readonly sqlState?: string;
      readonly message?: string;
    };

export type ColumnValues = Readonly<Record<string, string | number>>;

/** What a client reads in the views of database oceanbase. Without `for` it never ends. */
export type ViewFault =
  /** A row that comes into being shows so much later than it was first looked for. */
  | { readonly kind: "rows-late"; readonly view: string; readonly bySeconds: number }
  | { readonly kind: "rows-missing"; readonly view: string; readonly where?: ColumnValues }
  | { readonly kind: "rows-twice"; readonly view: string; readonly where?: ColumnValues }
  | {
      readonly kind: "unknown-word";
      readonly view: string;
      readonly word: string;
      /** Default STATUS. */
      readonly column?: string;
      readonly where?: ColumnValues;
    }
  /** A row that has gone to the history still stands in the running view, as it last did, for so long. */
  | { readonly kind: "row-in-both"; readonly of: Movers; readonly bySeconds: number }
  /** A row that has left the running view shows in the history only so much later. */
  | { readonly kind: "row-in-neither"; readonly of: Movers; readonly bySeconds: number };

/** Rows that move from a running view to a history view. */
export type Movers = "backup-jobs" | "backup-tasks" | "restores";

/**
 * What happens in the cluster. `tenant` absent: the first that the fault fits. A fault that finds nothing to strike (no
 * job, no round) waits until there is something. Without `for`, those that go on never end.
 */
export type ClusterFault =
  | { readonly kind: "job-stays"; readonly job: JobKind; readonly tenant?: string }
  | {
      readonly kind: "job-fails";
      readonly job: JobKind;
      readonly tenant?: string;
      /** OceanBase's own, negative: -4016. */
      readonly code: number;
      readonly comment?: string;
    }
  | { readonly kind: "job-canceled"; readonly job: JobKind; readonly tenant?: string }
  | { readonly kind: "archive-interrupted"; readonly tenant?: string }
  | { readonly kind: "archive-lagging"; readonly tenant?: string }
  /** Another person sends NOARCHIVELOG, and ARCHIVELOG when `for` is over. */
  | { readonly kind: "archive-stopped"; readonly tenant?: string }
  /** Another person sends DEFER, and ENABLE when `for` is over. */
  | { readonly kind: "archive-deferred"; readonly tenant?: string }
  | { readonly kind: DestinationTrouble; readonly of: DestinationUse; readonly tenant?: string }
  | { readonly kind: "set-lost" | "set-damaged"; readonly tenant?: string; readonly setId?: number }
  | { readonly kind: "piece-lost" | "piece-damaged"; readonly tenant?: string; readonly pieceId?: number }
  | { readonly kind: "tenant-dropped"; readonly tenant?: string }
  | { readonly kind: "tenant-renamed"; readonly tenant?: string; readonly to: string }
  /** Another person switches the tenant to STANDBY, and back to PRIMARY when `for` is over. */
  | { readonly kind: "tenant-switched-over"; readonly tenant?: string }
  /** The whole cluster runs another version from now on; every line is dropped, as its servers are restarted. */
  | { readonly kind: "upgraded"; readonly to: string }
  /** Positive: ahead. Negative: the cluster's time stands still until it is so far behind, as an SCN never goes back. */
  | { readonly kind: "clock-off"; readonly bySeconds: number };

export type JobKind = "backup" | "restore";
export type DestinationTrouble = "destination-full" | "destination-read-only" | "destination-gone";
export type DestinationUse = "data" | "archive";

export type What = LineFault | ViewFault | ClusterFault;
export type FaultKind = What["kind"];

export const LINE_KINDS = ["refused", "dropped-before", "dropped-after", "timeout", "error"] as const;
export const VIEW_KINDS = [
  "rows-late",
  "rows-missing",
  "rows-twice",
  "unknown-word",
  "row-in-both",
  "row-in-neither",
] as const;

export function isLineFault(what: What): what is LineFault {
  return (LINE_KINDS as readonly string[]).includes(what.kind);
}

export function isViewFault(what: What): what is ViewFault {
  return (VIEW_KINDS as readonly string[]).includes(what.kind);
}

export function isClusterFault(what: What): what is ClusterFault {
  return !isLineFault(what) && !isViewFault(what);
}
