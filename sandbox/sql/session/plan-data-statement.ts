import type { DataStatement } from "../ast.ts";
import type { Compilation } from "../compile/compilation.ts";
import { compileTopQuery } from "../compile/query.ts";
import { grammar } from "../grammar.ts";
import { parseDelete, parseInsert, parseUpdate } from "../parse-write.ts";
import { TokenReader } from "../token-reader.ts";
import type { Core } from "./core.ts";
import type { Made, Plan } from "./plan.ts";
import { planDelete, planUpdate } from "./plan-change.ts";
import { planInsert } from "./plan-insert.ts";
import { announced, presenters } from "./present.ts";

/** Loads the parser of expressions. */
import "../parse-expression.ts";

interface Parsed {
  readonly statement: DataStatement;
  readonly fixedOrdinals: readonly number[];
  readonly literals: readonly string[];
}

function parse(sql: string): Parsed {
  const reader = new TokenReader(sql);
  const statement = parseStatement(reader);
  reader.expectEnd();
  return { statement, fixedOrdinals: reader.fixedOrdinals, literals: reader.literalTexts() };
}

function parseStatement(reader: TokenReader): DataStatement {
  switch (reader.peek().key) {
    case "INSERT":
    case "REPLACE":
      return parseInsert(reader);
    case "UPDATE":
      return parseUpdate(reader);
    case "DELETE":
      return parseDelete(reader);
    default:
      return grammar.query(reader);
  }
}

/** SELECT, INSERT, REPLACE, UPDATE and DELETE: the statements that are translated and kept. */
export function planDataStatement(core: Core, sql: string): Made {
  const { statement, fixedOrdinals, literals } = parse(sql);
  const compilation = core.compilation();
  for (const ordinal of fixedOrdinals) compilation.pin({ ordinal });
  return { plan: plan(core, statement, compilation), compilation, literals };
}

function plan(core: Core, statement: DataStatement, compilation: Compilation): Plan {
  switch (statement.kind) {
    case "query":
      return planQuery(core, statement, compilation);
    case "insert":
      return planInsert(core, statement, compilation);
    case "update":
      return planUpdate(core, statement, compilation);
    case "delete":
      return planDelete(core, statement, compilation);
    default:
      return statement satisfies never;
  }
}

function planQuery(
  core: Core,
  query: Extract<DataStatement, { kind: "query" }>,
  compilation: Compilation,
): Plan {
  const { sql, columns } = compileTopQuery(query, compilation);
  const compiled = compilation.finish(sql);
  const announcedColumns = columns.map(announced);
  const present = presenters(columns);
  const { views } = compilation;
  return {
    run: (literals) => {
      if (query.locking) core.answering(() => core.transaction.lock());
      core.transaction.beforeRead();
      core.views.load(views);
      const rows = core.rows(compiled, literals);
      core.rowCount = -1n;
      return { kind: "rows", columns: announcedColumns, rows: rows.map(present) };
    },
  };
}
