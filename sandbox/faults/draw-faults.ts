import { Dice } from "./dice.ts";
import { type Fault, type FaultKind, isLineFault, type Span, type What, type When } from "./fault.ts";
import { isKind, SPANS } from "./fault-fields.ts";

export interface DrawOptions {
  /** How many. Default: 1 to 6. */
  readonly count?: number;
  /** Those that come with the time come within so many seconds. Default 3600. */
  readonly withinSeconds?: number;
  /** Those that go on end after so many seconds at the latest. Default 900. */
  readonly longestSeconds?: number;
  /** Tenants that may be struck by name; without any, a fault takes the first that it fits. */
  readonly tenants?: readonly string[];
  /** Only these kinds. Default: all but `upgraded`, which needs `versions`. */
  readonly kinds?: readonly FaultKind[];
  /** What `upgraded` may upgrade to. */
  readonly versions?: readonly string[];
}

interface Drawing extends Required<DrawOptions> {
  readonly dice: Dice;
}

/** The same seed and options give the same faults. Every one that goes on has an end, so that things can settle. */
export function drawFaults(seed: number, options: DrawOptions = {}): readonly Fault[] {
  const dice = new Dice(seed);
  const versions = options.versions ?? [];
  const kinds = options.kinds ?? DRAWN_KINDS.filter((kind) => kind !== "upgraded" || versions.length > 0);
  const drawing: Drawing = {
    dice,
    count: options.count ?? dice.between(1, 6),
    withinSeconds: options.withinSeconds ?? 3600,
    longestSeconds: options.longestSeconds ?? 900,
    tenants: options.tenants ?? [],
    kinds,
    versions,
  };
  return Array.from({ length: drawing.count }, () => drawOne(drawing));
}

function drawOne(drawing: Drawing): Fault {
  const kind = drawing.dice.oneOf(drawing.kinds);
  const what = WHAT[kind](drawing);
  const span = drawSpan(drawing, what);
  return { when: drawWhen(drawing, what), ...(span ? { for: span } : {}), what };
}

function drawWhen({ dice, withinSeconds }: Drawing, what: What): When {
  const afterSeconds = dice.between(0, withinSeconds);
  if (!isLineFault(what)) {
    return dice.happens(70) ? { afterSeconds } : { statement: dice.oneOf(TRIGGERS), nth: dice.between(1, 3) };
  }
  if (what.kind === "refused") return { afterSeconds };
  const statement = dice.oneOf(what.kind === "timeout" ? EFFECTS : [...EFFECTS, "read", "any"]);
  return dice.happens(50) ? { statement, nth: dice.between(1, 3) } : { statement, afterSeconds };
}

/** Statements after which a fault of the cluster or of a view is of interest. */
const TRIGGERS = ["backup", "restore", "cancel-backup", "cancel-restore", "archivelog", "noarchivelog"];
/** Statements that a broken line leaves in doubt. */
const EFFECTS = [...TRIGGERS, "destination", "create-unit", "create-pool", "activate", "effect"];

function drawSpan({ dice, longestSeconds }: Drawing, what: What): Span | undefined {
  const allowed = SPANS[what.kind];
  if (allowed.length === 0) return undefined;
  if (isLineFault(what) && what.kind !== "refused") return { times: dice.between(1, 3) };
  return { seconds: dice.between(1, longestSeconds) };
}

type Draw = (drawing: Drawing) => What;

const VIEWS = [
  "CDB_OB_BACKUP_JOBS",
  "CDB_OB_BACKUP_JOB_HISTORY",
  "CDB_OB_BACKUP_SET_FILES",
  "CDB_OB_ARCHIVELOG_SUMMARY",
  "CDB_OB_ARCHIVELOG_PIECE_FILES",
  "CDB_OB_RESTORE_PROGRESS",
  "CDB_OB_RESTORE_HISTORY",
];
const CODES = [-4002, -4009, -4016, -4018, -4023, -4184, -9064, -9070];
const ERRNOS = [4023, 4038, 4012, 4016, 8001];
const WORDS = ["PREPARING_AGAIN", "VALIDATING", "12", ""];

function tenantOf({ dice, tenants }: Drawing): { readonly tenant?: string } {
  return tenants.length === 0 ? {} : { tenant: dice.oneOf(tenants) };
}

const job = ({ dice }: Drawing) => dice.oneOf(["backup", "restore"] as const);
/** A restore's tenant has a name that nobody knows beforehand. */
const jobTenant = (drawing: Drawing, of: "backup" | "restore") => (of === "backup" ? tenantOf(drawing) : {});
const use = ({ dice }: Drawing) => dice.oneOf(["data", "archive"] as const);
const movers = ({ dice }: Drawing) => dice.oneOf(["backup-jobs", "backup-tasks", "restores"] as const);
const late = ({ dice }: Drawing) => dice.between(1, 120);

const WHAT: Readonly<Record<FaultKind, Draw>> = {
  refused: () => ({ kind: "refused" }),
  "dropped-before": () => ({ kind: "dropped-before" }),
  "dropped-after": () => ({ kind: "dropped-after" }),
  timeout: ({ dice }) => {
    return dice.happens(50)
      ? { kind: "timeout" }
      : { kind: "timeout", effectAfterSeconds: dice.between(1, 60) };
  },
  error: ({ dice }) => ({ kind: "error", errno: dice.oneOf(ERRNOS) }),
  "rows-late": (drawing) => ({
    kind: "rows-late",
    view: drawing.dice.oneOf(VIEWS),
    bySeconds: late(drawing),
  }),
  "rows-missing": ({ dice }) => ({ kind: "rows-missing", view: dice.oneOf(VIEWS) }),
  "rows-twice": ({ dice }) => ({ kind: "rows-twice", view: dice.oneOf(VIEWS) }),
  "unknown-word": ({ dice }) => ({
    kind: "unknown-word",
    view: dice.oneOf(VIEWS),
    word: dice.oneOf(WORDS),
  }),
  "row-in-both": (drawing) => ({ kind: "row-in-both", of: movers(drawing), bySeconds: late(drawing) }),
  "row-in-neither": (drawing) => ({ kind: "row-in-neither", of: movers(drawing), bySeconds: late(drawing) }),
  "job-stays": (drawing) => {
    const of = job(drawing);
    return { kind: "job-stays", job: of, ...jobTenant(drawing, of) };
  },
  "job-fails": (drawing) => {
    const of = job(drawing);
    return { kind: "job-fails", job: of, code: drawing.dice.oneOf(CODES), ...jobTenant(drawing, of) };
  },
  "job-canceled": (drawing) => {
    const of = job(drawing);
    return { kind: "job-canceled", job: of, ...jobTenant(drawing, of) };
  },
  "archive-interrupted": (drawing) => ({ kind: "archive-interrupted", ...tenantOf(drawing) }),
  "archive-lagging": (drawing) => ({ kind: "archive-lagging", ...tenantOf(drawing) }),
  "archive-stopped": (drawing) => ({ kind: "archive-stopped", ...tenantOf(drawing) }),
  "archive-deferred": (drawing) => ({ kind: "archive-deferred", ...tenantOf(drawing) }),
  "destination-full": (drawing) => ({
    kind: "destination-full",
    of: use(drawing),
    ...tenantOf(drawing),
  }),
  "destination-read-only": (drawing) => ({
    kind: "destination-read-only",
    of: use(drawing),
    ...tenantOf(drawing),
  }),
  "destination-gone": (drawing) => ({
    kind: "destination-gone",
    of: use(drawing),
    ...tenantOf(drawing),
  }),
  "set-lost": (drawing) => ({ kind: "set-lost", ...tenantOf(drawing) }),
  "set-damaged": (drawing) => ({ kind: "set-damaged", ...tenantOf(drawing) }),
  "piece-lost": (drawing) => ({ kind: "piece-lost", ...tenantOf(drawing) }),
  "piece-damaged": (drawing) => ({ kind: "piece-damaged", ...tenantOf(drawing) }),
  "tenant-dropped": (drawing) => ({ kind: "tenant-dropped", ...tenantOf(drawing) }),
  "tenant-renamed": (drawing) => ({
    kind: "tenant-renamed",
    to: `renamed_${drawing.dice.between(1, 999)}`,
    ...tenantOf(drawing),
  }),
  "tenant-switched-over": (drawing) => ({ kind: "tenant-switched-over", ...tenantOf(drawing) }),
  upgraded: ({ dice, versions }) => ({ kind: "upgraded", to: dice.oneOf(versions) }),
  "clock-off": ({ dice }) => {
    const seconds = dice.between(1, 300);
    return { kind: "clock-off", bySeconds: dice.happens(50) ? seconds : -seconds };
  },
};

/** Every kind that a drawing may come to. */
export const DRAWN_KINDS: readonly FaultKind[] = Object.keys(WHAT).filter(isKind);
