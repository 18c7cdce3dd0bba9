import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { Column, Value } from "../../engine.ts";
import { quoteName } from "../catalog/names.ts";
import type { SystemViewUse } from "../compile/compilation.ts";
import { viewColumnType } from "../compile/from.ts";
import { noSuchTable } from "../errors.ts";
import type { Kind } from "../sql-type.ts";
import type { SystemView } from "../system-views.ts";
import { canonical, fromNanoseconds, instantText } from "../values/temporal.ts";

const AFFINITY: Record<Kind, string> = {
  null: "BLOB",
  int: "INTEGER",
  decimal: "TEXT",
  double: "REAL",
  text: "TEXT COLLATE NOCASE",
  bytes: "BLOB",
  date: "TEXT",
  datetime: "TEXT",
  time: "INTEGER",
  json: "TEXT",
};

interface Loaded {
  readonly columns: readonly Column[];
  readonly insert: StatementSync;
  readonly empty: StatementSync;
  readonly revision: SystemView["revision"];
}

interface Found {
  readonly schema: string;
  readonly view: SystemView;
  readonly key: string;
}

type Convert = (value: Value) => Value;

/** Puts the rows of system views into tables of attached databases in memory, where SQLite can join them. */
export class ViewLoader {
  readonly #db: DatabaseSync;
  readonly #find: (schema: string, name: string) => SystemView | undefined;
  #loaded = new Map<string, Loaded>();

  constructor(db: DatabaseSync, find: (schema: string, name: string) => SystemView | undefined) {
    this.#db = db;
    this.#find = find;
    db.exec("ATTACH ':memory:' AS oceanbase; ATTACH ':memory:' AS information_schema");
  }

  /** Makes the tables of these views hold the views' present rows. */
  load(uses: readonly SystemViewUse[]): void {
    const stale = uses.map((use) => this.#found(use)).filter((each) => !this.#isFresh(each));
    if (stale.length === 0) return;
    const began = !this.#db.isTransaction;
    if (began) this.#db.exec("BEGIN");
    try {
      for (const each of stale) this.#load(each);
      if (began) this.#db.exec("COMMIT");
    } catch (error) {
      if (began) this.#db.exec("ROLLBACK");
      for (const { key } of stale) this.#loaded.delete(key);
      throw error;
    }
  }

  /** After a rollback nothing is known of what the tables hold. */
  forget(): void {
    this.#loaded.clear();
  }

  #found({ schema, name }: SystemViewUse): Found {
    const view = this.#find(schema, name);
    if (!view) throw noSuchTable(schema, name);
    return { schema, view, key: `${schema}.${name}` };
  }

  #isFresh({ view, key }: Found): boolean {
    const before = this.#loaded.get(key);
    return (
      before?.columns === view.columns && view.revision !== undefined && before.revision === view.revision
    );
  }

  #load({ schema, view, key }: Found): void {
    const { columns, revision } = view;
    const before = this.#loaded.get(key);
    const table = before?.columns === columns ? before : this.#create(schema, view);
    table.empty.run();
    const convert = columns.map((column) => CONVERT[viewColumnType(column).kind]);
    for (const row of view.rows()) {
      table.insert.run(...row.map((value, i) => (value === null ? null : (convert[i]?.(value) ?? value))));
    }
    this.#loaded.set(key, { ...table, columns, revision });
  }

  /** The view's table, and how it is emptied and filled. */
  #create(schema: string, view: SystemView): Pick<Loaded, "insert" | "empty"> {
    const table = tableOf(schema, view);
    const columns = view.columns.map(
      (column) => `${quoteName(column.name)} ${AFFINITY[viewColumnType(column).kind]}`,
    );
    this.#db.exec(`DROP TABLE IF EXISTS ${table}; CREATE TABLE ${table} (${columns.join(", ")})`);
    return {
      insert: this.#db.prepare(`INSERT INTO ${table} VALUES (${view.columns.map(() => "?").join(", ")})`),
      empty: this.#db.prepare(`DELETE FROM ${table}`),
    };
  }
}

function tableOf(schema: string, view: SystemView): string {
  return `${schema}.${quoteName(view.name)}`;
}

function toDatetime(value: Value): Value {
  if (typeof value === "bigint" || typeof value === "number")
    return instantText(fromNanoseconds(BigInt(value)));
  const text = String(value);
  return text.length === 26 && text.charCodeAt(10) === 32 ? text : (canonical(text) ?? text);
}

const toText: Convert = (value) => (typeof value === "string" ? value : String(value));

const CONVERT: Partial<Record<Kind, Convert>> = {
  int: (value) => (typeof value === "number" ? BigInt(value) : value),
  decimal: toText,
  double: Number,
  text: toText,
  datetime: toDatetime,
  json: toText,
};
