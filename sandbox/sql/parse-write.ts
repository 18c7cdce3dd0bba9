import type { Assignment, Delete, Expression, Insert, Query, TableName, Update } from "./ast.ts";
import { notSupported } from "./errors.ts";
import { grammar } from "./grammar.ts";
import { beginsQuery } from "./parse-atom.ts";
import { parseOrderItems } from "./parse-call.ts";
import { parseFrom, parseLimit, parseNames, parseTableName } from "./parse-query.ts";
import type { TokenReader } from "./token-reader.ts";

function skipHints(reader: TokenReader): void {
  while (reader.peek().kind === "hint") reader.take();
}

const PRIORITIES = ["LOW_PRIORITY", "DELAYED", "HIGH_PRIORITY", "QUICK"];

function skipPriorities(reader: TokenReader): void {
  skipHints(reader);
  while (PRIORITIES.some((word) => reader.accepts(word)));
}

/** INSERT and REPLACE in their three forms: VALUES, SET and SELECT. */
export function parseInsert(reader: TokenReader): Insert {
  const replace = reader.accepts("REPLACE");
  if (!replace) reader.expect("INSERT");
  skipPriorities(reader);
  const ignore = reader.accepts("IGNORE");
  reader.accepts("INTO");
  const table = parseTableName(reader);
  if (reader.accepts("PARTITION")) throw notSupported("PARTITION");
  const form = reader.accepts("SET") ? parseSetForm(reader) : parseColumnsAndSource(reader);
  const onDuplicate = reader.accepts("ON", "DUPLICATE", "KEY", "UPDATE") ? parseAssignments(reader) : [];
  return { kind: "insert", replace, ignore, table, ...form, onDuplicate };
}

type InsertForm = Pick<Insert, "columns" | "source">;

function parseSetForm(reader: TokenReader): InsertForm {
  const assignments = parseAssignments(reader);
  return {
    columns: assignments.map(({ column }) => column.at(-1) ?? ""),
    source: [assignments.map(({ value }) => value)],
  };
}

function parseColumnsAndSource(reader: TokenReader): InsertForm {
  const columns = reader.sees("(") && !beginsQuery(reader) ? parseColumnNames(reader) : undefined;
  if (reader.accepts("VALUES") || reader.accepts("VALUE")) return { columns, source: parseRows(reader) };
  return { columns, source: parseSource(reader) };
}

function parseColumnNames(reader: TokenReader): string[] {
  if (reader.accepts("(", ")")) return [];
  return parseNames(reader);
}

function parseSource(reader: TokenReader): Query {
  return grammar.query(reader);
}

function parseRows(reader: TokenReader): Expression[][] {
  const rows: Expression[][] = [];
  do {
    reader.expect("(");
    const row: Expression[] = [];
    if (!reader.sees(")")) {
      do row.push(grammar.expression(reader));
      while (reader.accepts(","));
    }
    reader.expect(")");
    rows.push(row);
  } while (reader.accepts(","));
  return rows;
}

function parseAssignments(reader: TokenReader): Assignment[] {
  const assignments: Assignment[] = [];
  do {
    const column = [reader.expectName()];
    while (reader.accepts(".")) column.push(reader.expectName());
    if (!reader.accepts(":=")) reader.expect("=");
    assignments.push({ column, value: grammar.expression(reader) });
  } while (reader.accepts(","));
  return assignments;
}

export function parseUpdate(reader: TokenReader): Update {
  reader.expect("UPDATE");
  skipPriorities(reader);
  const ignore = reader.accepts("IGNORE");
  const from = parseFrom(reader);
  reader.expect("SET");
  return { kind: "update", ignore, from, assignments: parseAssignments(reader), ...parseWhich(reader) };
}

type Which = Pick<Update, "where" | "orderBy" | "limit">;

function parseWhich(reader: TokenReader): Which {
  return {
    where: reader.accepts("WHERE") ? grammar.expression(reader) : undefined,
    orderBy: reader.accepts("ORDER", "BY") ? parseOrderItems(reader) : [],
    limit: parseLimit(reader),
  };
}

/** `DELETE FROM t`, `DELETE a FROM a JOIN b`, `DELETE FROM a USING a JOIN b`. */
export function parseDelete(reader: TokenReader): Delete {
  reader.expect("DELETE");
  skipPriorities(reader);
  if (reader.accepts("IGNORE")) throw notSupported("DELETE IGNORE");
  if (!reader.accepts("FROM")) {
    const targets = parseTargets(reader);
    reader.expect("FROM");
    return { kind: "delete", targets, from: parseFrom(reader), ...parseWhich(reader) };
  }
  const mark = reader.mark();
  const targets = parseTargets(reader);
  if (reader.accepts("USING"))
    return { kind: "delete", targets, from: parseFrom(reader), ...parseWhich(reader) };
  reader.rewind(mark);
  return { kind: "delete", targets: [], from: parseFrom(reader), ...parseWhich(reader) };
}

function parseTargets(reader: TokenReader): TableName[] {
  const targets: TableName[] = [];
  do {
    targets.push(parseTableName(reader));
    reader.accepts(".", "*");
  } while (reader.accepts(","));
  return targets;
}
