import { readdirSync } from "node:fs";
import { join, relative } from "node:path";
import type { Moment, Row, Trace } from "./trace.ts";
import { WATCHED, type Watched } from "./watched.ts";

/** Between two looks of a busy machine; a phase that is shorter may be missed in any case. */
const LONG_UNSEEN = 4;

export interface RecordingOptions {
  readonly scenario: string;
  /** What the names of the scenario's tenants, pools and units begin with. */
  readonly stem: string;
  /** The directory below which its destinations lie. */
  readonly base: string;
  /** Microseconds since 1970. */
  now(): number;
}

/** Writes down what one scenario says, and what becomes of the rows and files that are its own. */
export class Recording {
  readonly #options: RecordingOptions;
  readonly #startedAt: number;
  readonly #moments: Moment[] = [];
  readonly #rows = new Map<string, Map<string, Row>>();
  readonly #tenantIds = new Set<string>();
  readonly #lookedAt = new Map<string, number>();
  #files = new Set<string>();
  #looks = 0;

  constructor(options: RecordingOptions) {
    this.#options = options;
    this.#startedAt = options.now();
  }

  /** How often all views were read: a look that began after a statement shows what the statement did. */
  get looks(): number {
    return this.#looks;
  }

  get at(): number {
    return Math.round((this.#options.now() - this.#startedAt) / 1000) / 1000;
  }

  add(moment: Moment): void {
    this.#moments.push(JSON.parse(this.#placeless(JSON.stringify(moment))) as Moment);
  }

  /** The rows of a view that are this scenario's, as last seen. */
  rows(view: string): readonly Row[] {
    return [...(this.#rows.get(view)?.values() ?? [])];
  }

  see(watched: Watched, rows: readonly Row[]): void {
    const at = this.at;
    const unseen = at - (this.#lookedAt.get(watched.view) ?? at);
    const blind = unseen > LONG_UNSEEN ? { unseen: Math.round(unseen) } : {};
    this.#lookedAt.set(watched.view, at);
    const before = this.#rows.get(watched.view) ?? new Map<string, Row>();
    const mine = rows.filter((row) => this.#isMine(watched.view, row));
    const now = new Map(mine.map((row) => [watched.key.map((column) => row[column] ?? "").join("/"), row]));
    for (const [key, row] of now) this.#seeRow({ watched, at, key, row, before: before.get(key), blind });
    for (const key of before.keys()) {
      if (!now.has(key)) this.add({ at, view: watched.view, row: key, goes: true, ...blind });
    }
    this.#rows.set(watched.view, now);
  }

  endLook(): void {
    this.#looks++;
  }

  list(): void {
    const now = new Set(filesBelow(this.#options.base));
    const filesAppear = [...now].filter((file) => !this.#files.has(file));
    const filesGo = [...this.#files].filter((file) => !now.has(file));
    this.#files = now;
    if (filesAppear.length + filesGo.length === 0) return;
    this.add({
      at: this.at,
      ...(filesAppear.length > 0 ? { filesAppear } : {}),
      ...(filesGo.length > 0 ? { filesGo } : {}),
    });
  }

  trace(version: string): Trace {
    const { scenario } = this.#options;
    const watched = WATCHED.map(({ view }) => view);
    return { scenario, version, startedAt: this.#startedAt, watched, moments: this.#moments };
  }

  #seeRow(sight: {
    readonly watched: Watched;
    readonly at: number;
    readonly key: string;
    readonly row: Row;
    readonly before: Row | undefined;
    readonly blind: { readonly unseen?: number };
  }): void {
    const { watched, at, key, row, before, blind } = sight;
    if (before === undefined) return this.add({ at, view: watched.view, row: key, appears: row, ...blind });
    const changes = Object.fromEntries(
      Object.entries(row).filter(([column, value]) => before[column] !== value),
    );
    const told = Object.keys(changes).some((column) => !watched.restless?.includes(column));
    if (told) this.add({ at, view: watched.view, row: key, changes, ...blind });
  }

  /** By name where a row names a tenant, by id where it names one that was seen before. */
  #isMine(view: string, row: Row): boolean {
    const { stem } = this.#options;
    if (view === "DBA_OB_RESOURCE_POOLS") return isNamed(row["NAME"], stem);
    if (view === "DBA_OB_TENANTS") return this.#isMyTenant(row);
    if (isNamed(row["RESTORE_TENANT_NAME"], stem)) return true;
    const ids = [row["TENANT_ID"], ...(row["EXECUTOR_TENANT_ID"] ?? "").split(",")];
    return ids.some((id) => this.#tenantIds.has(id ?? ""));
  }

  #isMyTenant(row: Row): boolean {
    const id = row["TENANT_ID"] ?? "";
    const userId = /^META\$(\d+)$/.exec(row["TENANT_NAME"] ?? "")?.[1];
    if (userId !== undefined) return this.#tenantIds.has(userId);
    if (!isNamed(row["TENANT_NAME"], this.#options.stem)) return false;
    this.#tenantIds.add(id);
    return true;
  }

  #placeless(text: string): string {
    return text.replaceAll(this.#options.base, "{base}");
  }
}

function isNamed(name: string | null | undefined, stem: string): boolean {
  return name?.startsWith(stem) ?? false;
}

function filesBelow(dir: string): readonly string[] {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(dir, join(entry.parentPath, entry.name)))
    .toSorted();
}
