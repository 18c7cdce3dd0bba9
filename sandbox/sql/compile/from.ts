import type { Column } from "../../engine.ts";
import { SqlError } from "../../engine.ts";
import type { FromItem, TableName } from "../ast.ts";
import { quotedTable, quoteName } from "../catalog/names.ts";
import {
  type ColumnDefinition,
  primaryKey,
  type TableDefinition,
  type ViewDefinition,
} from "../catalog/table-definition.ts";
import {
  ambiguousColumn,
  noDatabase,
  noSuchTable,
  notSupported,
  unknownColumn,
  unknownTable,
} from "../errors.ts";
import { grammar } from "../grammar.ts";
import * as types from "../sql-type.ts";
import type { SystemView } from "../system-views.ts";
import { TokenReader } from "../token-reader.ts";
import { compare } from "./comparison.ts";
import type { Compilation } from "./compilation.ts";
import { currentDatabase, emptyScope, findCte, type Scope, type Source, type SourceColumn } from "./scope.ts";
import { type QuerySql, translation } from "./translation.ts";
import { asCondition, type Origin, type Typed, typed } from "./typed.ts";

/** A FROM clause in SQLite's SQL, what can be named in it and what `*` stands for. */
export interface FromSql {
  readonly sql: string;
  readonly sources: readonly Source[];
  readonly star: readonly SourceColumn[];
}

const NOTHING_HIDDEN: ReadonlySet<string> = new Set();

export const SYSTEM_SCHEMAS = new Set(["oceanbase", "information_schema"]);

export function compileFrom(item: FromItem, scope: Scope): FromSql {
  switch (item.kind) {
    case "dual":
      return { sql: "", sources: [], star: [] };
    case "table":
      return compileTable(item.name, item.alias, scope);
    case "derived":
      return derived(translation.query(item.query, { ...scope, sources: [] }), item.alias, scope.compilation);
    case "join":
      return compileJoin(item, scope);
    default:
      return item satisfies never;
  }
}

function one(sql: string, source: Source): FromSql {
  return { sql, sources: [source], star: source.columns };
}

function derived(query: QuerySql, alias: string, compilation: Compilation): FromSql {
  const name = compilation.nextAlias();
  const columns = query.columns.map((column, i) => ({
    name: column.name,
    value: {
      ...typed(`${name}.c${i}`, column.type),
      ...(column.origin ? { origin: { ...column.origin, table: alias } } : {}),
    },
  }));
  const taken = new Set<string>();
  for (const column of columns) {
    if (taken.has(column.name.toLowerCase()))
      throw new SqlError(1060, "42S21", `Duplicate column name '${column.name}'`);
    taken.add(column.name.toLowerCase());
  }
  return one(`(${query.sql}) AS ${name}`, { alias, database: undefined, columns, hidden: NOTHING_HIDDEN });
}

function compileTable(name: TableName, alias: string | undefined, scope: Scope): FromSql {
  const { compilation } = scope;
  const shown = alias ?? name.table;
  const cte = name.database === undefined ? findCte(scope, name.table) : undefined;
  if (cte) {
    const sqlAlias = compilation.nextAlias();
    const columns = cte.columns.map((column, i) => ({
      name: column.name,
      value: typed(`${sqlAlias}.c${i}`, column.type),
    }));
    return one(`${cte.alias} AS ${sqlAlias}`, {
      alias: shown,
      database: undefined,
      columns,
      hidden: NOTHING_HIDDEN,
    });
  }
  const database = name.database ?? currentDatabase(scope);
  if (database === undefined) throw noDatabase();
  if (SYSTEM_SCHEMAS.has(database.toLowerCase()))
    return systemView(database.toLowerCase(), { table: name.table, shown }, compilation);
  const definition = compilation.around.catalog.find(database, name.table);
  if (!definition) throw noSuchTable(database, name.table);
  if (definition.kind === "view") return compileView(definition, shown, compilation);
  return one(...tableSource(definition, shown, compilation));
}

function compileView(view: ViewDefinition, shown: string, compilation: Compilation): FromSql {
  const reader = TokenReader.ofFixedText(view.query);
  const scope = { ...emptyScope(compilation), database: view.from };
  const query = translation.query(grammar.query(reader), scope);
  const columns = query.columns.map((column, i) => ({ ...column, name: view.columns[i] ?? column.name }));
  return derived({ ...query, columns }, shown, compilation);
}

/** The table's SQL and the source that names its columns; also used for the targets of UPDATE and DELETE. */
export function tableSource(
  table: TableDefinition,
  shown: string,
  compilation: Compilation,
): [string, Source] {
  const alias = compilation.nextAlias();
  const keys = new Set(primaryKey(table)?.columns.map(({ name }) => name.toLowerCase()));
  const columns = table.columns.map((column) => {
    const origin: Origin = {
      schema: table.database,
      table: shown,
      column: column.name,
      nullable: column.nullable,
      primaryKey: keys.has(column.name.toLowerCase()),
    };
    return {
      name: column.name,
      value: { ...storedColumn(`${alias}.${quoteName(column.name)}`, column, compilation), origin },
    };
  });
  return [
    `${quotedTable(table)} AS ${alias}`,
    { alias: shown, database: table.database, table: table.name, columns, hidden: NOTHING_HIDDEN },
  ];
}

/** A TIMESTAMP is kept in UTC and seen in the session's zone. */
export function storedColumn(sql: string, column: ColumnDefinition, compilation: Compilation): Typed {
  return inSessionZone(sql, types.columnType(column.type), compilation);
}

function inSessionZone(sql: string, type: types.SqlType, { around }: Compilation): Typed {
  if (type.wire !== "timestamp" || around.zoneMinutes === 0) return typed(sql, type);
  return typed(`my_shift_zone(${sql}, ${around.zoneMinutes})`, type);
}

interface ViewName {
  readonly table: string;
  readonly shown: string;
}

function systemView(schema: string, { table, shown }: ViewName, compilation: Compilation): FromSql {
  const view = compilation.around.systemView(schema, table);
  if (!view) throw schema === "oceanbase" ? noSuchTable(schema, table) : unknownTable(schema, table);
  compilation.useView({ schema, name: view.name });
  return one(...viewSource(schema, view, { shown, compilation }));
}

function viewSource(
  schema: string,
  view: SystemView,
  { shown, compilation }: { readonly shown: string; readonly compilation: Compilation },
): [string, Source] {
  const alias = compilation.nextAlias();
  const columns = view.columns.map((column) => {
    const origin = {
      schema,
      table: shown,
      column: column.name,
      nullable: column.nullable ?? true,
      primaryKey: false,
    };
    const value = inSessionZone(`${alias}.${quoteName(column.name)}`, viewColumnType(column), compilation);
    return { name: column.name, value: { ...value, origin } };
  });
  return [
    `${schema}.${quoteName(view.name)} AS ${alias}`,
    { alias: shown, database: schema, columns, hidden: NOTHING_HIDDEN },
  ];
}

export function viewColumnType(column: Column): types.SqlType {
  const kind = types.kindOf(column.type);
  return {
    kind,
    wire: column.type,
    ...(column.length === undefined ? {} : { length: column.length }),
    scale: column.decimals ?? (column.type === "datetime" || column.type === "timestamp" ? 6 : 0),
    unsigned: column.unsigned ?? false,
    byteWise: kind === "bytes" || kind === "json",
  };
}

type Join = Extract<FromItem, { kind: "join" }>;

function compileJoin(join: Join, scope: Scope): FromSql {
  const left = compileFrom(join.left, scope);
  const right = compileFrom(join.right, scope);
  if (!left.sql || !right.sql) throw notSupported("join with DUAL");
  const rightSql = join.right.kind === "join" ? `(${right.sql})` : right.sql;
  const word = join.type === "CROSS" ? "CROSS JOIN" : join.type === "INNER" ? "JOIN" : `${join.type} JOIN`;
  const sources = [...left.sources, ...right.sources];
  requireDistinctNames(sources);
  if (join.using) return joinUsing(join, { left, right, start: `${left.sql} ${word} ${rightSql}` }, scope);
  const onScope: Scope = { ...scope, sources: [...scope.sources, ...sources], clause: "on clause" };
  const on = join.on && asCondition(translation.expression(join.on, onScope), scope.compilation);
  // MySQL's CROSS JOIN is an inner join and may have a condition; SQLite's would fix the order of the tables.
  const inner = word === "CROSS JOIN" ? "JOIN" : word;
  return {
    sql: `${left.sql} ${inner} ${rightSql}${on ? ` ON ${on}` : ""}`,
    sources,
    star: [...left.star, ...right.star],
  };
}

function requireDistinctNames(sources: readonly Source[]): void {
  const taken = new Set<string>();
  for (const { alias, database } of sources) {
    const name = `${database ?? ""}.${alias}`.toLowerCase();
    if (taken.has(name)) throw new SqlError(1066, "42000", `Not unique table/alias: '${alias}'`);
    taken.add(name);
  }
}

interface Sides {
  readonly left: FromSql;
  readonly right: FromSql;
  readonly start: string;
}

/** The columns in common stand once, first, and come from the side that is never filled up with NULL. */
function joinUsing(join: Join, { left, right, start }: Sides, scope: Scope): FromSql {
  const inBoth = (name: string) =>
    right.star.some((column) => column.name.toLowerCase() === name.toLowerCase());
  const named =
    join.using === "natural" ? left.star.map(({ name }) => name).filter(inBoth) : (join.using ?? []);
  const names = new Set(named.map((name) => name.toLowerCase()));
  const tests = named.map((name) => {
    const pair = { left: onlyColumn(left, name), right: onlyColumn(right, name) };
    return compare("=", pair, scope.compilation).sql;
  });
  const hide = (source: Source): Source => ({ ...source, hidden: new Set([...source.hidden, ...names]) });
  const [kept, other] = join.type === "RIGHT" ? [right, left] : [left, right];
  const isCommon = ({ name }: SourceColumn) => names.has(name.toLowerCase());
  const common = named.flatMap((name) =>
    kept.star.filter((column) => column.name.toLowerCase() === name.toLowerCase()),
  );
  return {
    sql: tests.length > 0 ? `${start} ON ${tests.join(" AND ")}` : start,
    sources: [...kept.sources, ...other.sources.map(hide)],
    star: [
      ...common,
      ...left.star.filter((column) => !isCommon(column)),
      ...right.star.filter((column) => !isCommon(column)),
    ],
  };
}

function onlyColumn(side: FromSql, name: string): Typed {
  const found = side.star.filter((column) => column.name.toLowerCase() === name.toLowerCase());
  if (found.length > 1) throw ambiguousColumn(name, "from clause");
  const [column] = found;
  if (!column) throw unknownColumn(name, "from clause");
  return column.value;
}
