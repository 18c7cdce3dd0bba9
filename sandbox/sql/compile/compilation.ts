import type { Literal } from "../ast.ts";
import type { Catalog } from "../catalog/catalog.ts";
import type { VariableValue } from "../session-options.ts";
import type { SystemView } from "../system-views.ts";

export type SqliteValue = null | number | bigint | string | Uint8Array;

/** What a statement is compiled against. */
export interface Surroundings {
  readonly catalog: Catalog;
  /** Current database. */
  readonly database: string | undefined;
  /** Minutes east of UTC of the session's time zone: TIMESTAMP columns are shown in it. */
  readonly zoneMinutes: number;
  /** A view of `oceanbase` or `information_schema`; undefined when there is none of that name. */
  systemView(schema: string, name: string): SystemView | undefined;
  /** NOW(digits): the statement's time in the session's zone, in stored form. */
  now(digits: number): string;
  userVariable(name: string): VariableValue;
  /** Throws 1193 for an unknown one. */
  setting(name: string): Setting;
}

/** A system variable with what it is announced as. */
export interface Setting {
  readonly value: VariableValue;
  readonly kind: "switch" | "int" | "uint" | "decimal" | "text";
}

/** A literal as it stands in an expression: the sign in front of a number belongs to it. */
export interface LiteralRef {
  readonly form: Literal["form"];
  readonly text: string;
  readonly ordinal: number;
  readonly negative: boolean;
}

export type Convert = (text: string) => SqliteValue;

/** Where a parameter of the SQLite statement comes from: the n-th literal of the text, or a constant. */
interface Source {
  readonly ordinal: number;
  readonly negative: boolean;
  readonly text: string;
  readonly convert: Convert;
}

export interface SystemViewUse {
  readonly schema: string;
  readonly name: string;
}

/** Stands around the number of a parameter until finish(); a character of Unicode's private use area. */
const MARK = "\uf8ff";
const MARKED = /\uf8ff(\d+)\uf8ff/g;

/** A SQLite statement whose parameters are taken from the literals of the MySQL statement. */
export interface Compiled {
  readonly sql: string;
  bind(literals: readonly string[]): SqliteValue[];
}

/** One MySQL statement on its way to SQLite. */
export class Compilation {
  readonly around: Surroundings;
  readonly #sources: Source[] = [];
  readonly #pinned = new Set<number>();
  readonly #views = new Map<string, SystemViewUse>();
  #aliases = 0;
  /** False when the result holds values of the session (variables) and serves for this one execution only. */
  reusable = true;

  constructor(around: Surroundings) {
    this.around = around;
  }

  /** A name for a table, table-valued part or common table expression in the SQLite statement. */
  nextAlias(): string {
    this.#aliases++;
    return `t${this.#aliases}`;
  }

  /** The place of a parameter that is the literal, converted whenever the statement is run. */
  literal(literal: LiteralRef, convert: Convert): string {
    return this.#add({ ordinal: literal.ordinal, negative: literal.negative, text: literal.text, convert });
  }

  constant(value: SqliteValue): string {
    return this.computed(() => value);
  }

  /** The place of a parameter that is made anew for each execution: the next AUTO_INCREMENT. */
  computed(make: () => SqliteValue): string {
    return this.#add({ ordinal: -1, negative: false, text: "", convert: make });
  }

  #add(source: Source): string {
    this.#sources.push(source);
    return `${MARK}${this.#sources.length - 1}${MARK}`;
  }

  /** The compiled statement depends on the very value: with another one it is compiled anew. */
  pin(literal: { readonly ordinal: number }): void {
    if (literal.ordinal >= 0) this.#pinned.add(literal.ordinal);
  }

  pinRange([from, to]: readonly [number, number]): void {
    for (let ordinal = from; ordinal < to; ordinal++) this.#pinned.add(ordinal);
  }

  get pinned(): readonly number[] {
    return [...this.#pinned];
  }

  useView(use: SystemViewUse): void {
    this.#views.set(`${use.schema}.${use.name}`.toLowerCase(), use);
  }

  get views(): readonly SystemViewUse[] {
    return [...this.#views.values()];
  }

  /** Numbers the parameters of one finished statement. May be called for several statements of one compilation. */
  finish(marked: string): Compiled {
    const used: Source[] = [];
    const numbers = new Map<number, number>();
    const sql = marked.replace(MARKED, (_, index: string) => {
      const source = this.#sources[Number(index)];
      if (source && !numbers.has(Number(index))) numbers.set(Number(index), used.push(source));
      return `?${numbers.get(Number(index))}`;
    });
    return { sql, bind: (literals) => used.map((source) => valueOf(source, literals)) };
  }
}

function valueOf({ ordinal, negative, text, convert }: Source, literals: readonly string[]): SqliteValue {
  const current = ordinal < 0 ? text : (literals[ordinal] ?? text);
  return convert(negative ? `-${current}` : current);
}
