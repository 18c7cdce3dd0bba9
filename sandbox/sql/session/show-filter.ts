import type { Column, Reply } from "../../engine.ts";
import { compileTopQuery } from "../compile/query.ts";
import { grammar } from "../grammar.ts";
import { TokenReader } from "../token-reader.ts";
import type { Core } from "./core.ts";
import { announced, presenters } from "./present.ts";
import { asView, type ResultTable } from "./result-table.ts";

/** What may follow a SHOW: LIKE 'pattern' on its first column, or WHERE. Also expects the end of the statement. */
export function filtered(core: Core, reader: TokenReader, table: ResultTable): Reply {
  if (reader.accepts("LIKE")) {
    const words = reader.expectString();
    const pattern = likePattern(words);
    reader.expectEnd();
    return {
      kind: "rows",
      columns: table.namesPattern ? withPattern(table.columns, words) : table.columns,
      rows: table.rows.filter(([first]) => pattern.test(String(first))),
    };
  }
  if (reader.sees("WHERE")) return where(core, reader, table);
  reader.expectEnd();
  return { kind: "rows", columns: table.columns, rows: table.rows };
}

const withPattern = ([first, ...rest]: readonly Column[], words: string): readonly Column[] =>
  first === undefined ? rest : [{ ...first, name: `${first.name} (${words})` }, ...rest];

const SPECIAL = /[.*+?^${}()|[\]\\/-]/g;

function likePattern(source: string): RegExp {
  const body = source.replace(
    /\\(.)|(%)|(_)|([^%_\\]+)/gs,
    (_, escaped?: string, many?: string, one?: string, plain?: string) => {
      if (many) return ".*";
      if (one) return ".";
      return (escaped ?? plain ?? "").replace(SPECIAL, "\\$&");
    },
  );
  return new RegExp(`^${body}$`, "is");
}

/** The condition is asked of the result as if it were a view. */
function where(core: Core, reader: TokenReader, table: ResultTable): Reply {
  const condition = reader.sql.slice(reader.peek().start);
  const query = new TokenReader(`SELECT * FROM information_schema.show_result ${condition}`);
  core.shownResult = asView("show_result", table);
  try {
    const compilation = core.compilation();
    const { sql, columns } = compileTopQuery(grammar.query(query), compilation);
    query.expectEnd();
    core.views.load(compilation.views);
    const rows = core.rows(compilation.finish(sql), []);
    return { kind: "rows", columns: columns.map(announced), rows: rows.map(presenters(columns)) };
  } finally {
    core.shownResult = undefined;
  }
}
