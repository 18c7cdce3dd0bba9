import type { Value } from "../engine.ts";
import { type Micros, SECOND } from "../model/time.ts";
import type { SystemView, SystemViews } from "../sql/system-views.ts";
import { type ColumnValues, isViewFault, type Movers, type ViewFault } from "./fault.ts";
import type { FaultPlan, Watched } from "./fault-plan.ts";

type Cells = readonly Value[];

/** The views between which a row moves when its job ends. */
const MOVES: Readonly<Record<Movers, { readonly running: string; readonly history: string }>> = {
  "backup-jobs": { running: "CDB_OB_BACKUP_JOBS", history: "CDB_OB_BACKUP_JOB_HISTORY" },
  "backup-tasks": { running: "CDB_OB_BACKUP_TASKS", history: "CDB_OB_BACKUP_TASK_HISTORY" },
  restores: { running: "CDB_OB_RESTORE_PROGRESS", history: "CDB_OB_RESTORE_HISTORY" },
};

/** What tells one row of a view from the others; of a restore both rows share a JOB_ID. */
const KEYS = ["TENANT_ID", "JOB_ID", "TASK_ID", "BACKUP_SET_ID", "ROUND_ID", "PIECE_ID", "DEST_ID"];

/** What a fault remembers of the rows that it has met. */
interface Memory {
  /** When each row was first seen; rows that were there before the fault are known for ever. */
  readonly firstSeen: Map<string, Micros>;
  /** Running rows as they last stood, and when they were found gone. */
  readonly running: Map<string, { readonly cells: Cells; readonly goneAt: Micros | undefined }>;
}

/** More rows than a view holds: a memory that grew beyond it would be a leak. */
const MOST_REMEMBERED = 100_000;

/** One view as a statement is about to read it. */
interface Look {
  readonly view: SystemView;
  readonly views: SystemViews;
  readonly rows: readonly Cells[];
}

/** Views as a client reads them on a bad day. One for the cluster; each session wraps its own views with it. */
export class FaultyViews {
  readonly #plan: FaultPlan;
  /** Of each fault, by the view that it was looked at in: the twin that a tenant sees has other columns. */
  readonly #memories = new WeakMap<Watched, Map<string, Memory>>();

  constructor(plan: FaultPlan) {
    this.#plan = plan;
  }

  /** The same views, with the faults that are in force when a statement names one. */
  wrap(views: SystemViews): SystemViews {
    return {
      names: () => views.names(),
      find: (name) => {
        const view = views.find(name);
        return view && this.#faulty(view, views);
      },
    };
  }

  /** A fault comes into force: whatever its view holds now, as sys sees it, is from before it. */
  begin(watched: Watched<ViewFault>, views: SystemViews): void {
    const { what } = watched;
    if (what.kind !== "rows-late" && what.kind !== "row-in-neither") return;
    const view = views.find(viewOf(what));
    if (view) this.#late(watched, { view, views, rows: view.rows() }, 0);
  }

  #faulty(view: SystemView, views: SystemViews): SystemView {
    const faults = this.#plan.inForce(isViewFault).filter(({ what }) => concerns(what, view.name));
    if (faults.length === 0) return view;
    // Without a revision the session asks for the rows anew with each statement.
    const { revision: _, ...rest } = view;
    return {
      ...rest,
      rows: () => {
        const begin: Look = { view, views, rows: view.rows() };
        return faults.reduce((look, watched) => ({ ...look, rows: this.#struck(watched, look) }), begin).rows;
      },
    };
  }

  #struck(watched: Watched<ViewFault>, look: Look): readonly Cells[] {
    const changed = this.#changed(watched, look);
    const isSame =
      changed.length === look.rows.length && changed.every((cells, at) => cells === look.rows[at]);
    if (!isSame && watched.struck++ === 0) {
      this.#plan.tell(watched, { at: this.#plan.now, stage: "struck", whom: null, statement: null });
    }
    return changed;
  }

  #changed(watched: Watched<ViewFault>, look: Look): readonly Cells[] {
    const { what } = watched;
    const { view, rows } = look;
    switch (what.kind) {
      case "rows-missing":
        return rows.filter((cells) => !fits(view, cells, what.where));
      case "rows-twice":
        return rows.flatMap((cells) => (fits(view, cells, what.where) ? [cells, cells] : [cells]));
      case "unknown-word":
        return rows.map((cells) => (fits(view, cells, what.where) ? withWord(view, cells, what) : cells));
      case "rows-late":
      case "row-in-neither":
        return this.#late(watched, look, what.bySeconds * SECOND);
      case "row-in-both":
        return this.#stillRunning(watched, look, { ...MOVES[what.of], micros: what.bySeconds * SECOND });
    }
  }

  /** Hides what came into being while the fault was in force, until it has been looked for long enough. */
  #late(watched: Watched, { view, rows }: Look, micros: Micros): readonly Cells[] {
    const { now } = this.#plan;
    const known = this.#memories.get(watched)?.has(view.name) ? now : Number.NEGATIVE_INFINITY;
    const { firstSeen } = this.#memory(watched, view);
    return rows.filter((cells) => {
      const key = keyOf(view, cells);
      const seenAt = firstSeen.get(key) ?? known;
      if (firstSeen.size < MOST_REMEMBERED) firstSeen.set(key, seenAt);
      return now >= seenAt + micros;
    });
  }

  /** Adds rows that have gone to the history, as they stood when they were last looked at. */
  #stillRunning(
    watched: Watched,
    { view, views, rows }: Look,
    { history, micros }: { readonly history: string; readonly micros: Micros },
  ): readonly Cells[] {
    const { now } = this.#plan;
    const { running } = this.#memory(watched, view);
    for (const cells of rows) {
      if (running.size < MOST_REMEMBERED) running.set(keyOf(view, cells), { cells, goneAt: undefined });
    }
    const here = new Set(rows.map((cells) => keyOf(view, cells)));
    const ended = views.find(history);
    const moved = new Set(ended?.rows().map((cells) => keyOf(ended, cells)));
    const gone = [...running].filter(([key]) => !here.has(key) && moved.has(key));
    for (const [key, { cells, goneAt = now }] of gone) running.set(key, { cells, goneAt });
    const still = gone.filter(([, { goneAt = now }]) => now < goneAt + micros);
    return [...rows, ...still.map(([, { cells }]) => cells)];
  }

  #memory(watched: Watched, { name }: SystemView): Memory {
    const views = this.#memories.get(watched) ?? new Map<string, Memory>();
    this.#memories.set(watched, views);
    const memory = views.get(name) ?? { firstSeen: new Map(), running: new Map() };
    views.set(name, memory);
    return memory;
  }
}

/** A DBA_ view that a tenant sees is the twin of the CDB_ view of sys: a fault of one is a fault of both. */
function concerns(what: ViewFault, name: string): boolean {
  return withoutPrefix(viewOf(what)) === withoutPrefix(name);
}

function viewOf(what: ViewFault): string {
  if (what.kind === "row-in-both") return MOVES[what.of].running;
  return what.kind === "row-in-neither" ? MOVES[what.of].history : what.view.toUpperCase();
}

function withoutPrefix(view: string): string {
  return view.replace(/^(?:CDB|DBA)_/, "");
}

function keyOf(view: SystemView, cells: Cells): string {
  return view.columns
    .flatMap(({ name }, at) => (KEYS.includes(name) ? [String(cells[at] ?? "")] : []))
    .join("/");
}

/** Whether a row has the values named; without any every row fits. */
function fits(view: SystemView, cells: Cells, where: ColumnValues = {}): boolean {
  return Object.entries(where).every(([column, value]) => {
    const at = view.columns.findIndex(({ name }) => name === column.toUpperCase());
    return at >= 0 && String(cells[at] ?? "") === String(value);
  });
}

function withWord(
  view: SystemView,
  cells: Cells,
  { column = "STATUS", word }: { readonly column?: string; readonly word: string },
): Cells {
  const at = view.columns.findIndex(({ name }) => name === column.toUpperCase());
  return at < 0 ? cells : cells.with(at, word);
}
