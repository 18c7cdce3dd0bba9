import type { Expression, Limit } from "../ast.ts";
import { notSupported } from "../errors.ts";
import type { Compilation } from "./compilation.ts";
import type { Scope } from "./scope.ts";
import { translation } from "./translation.ts";

/** ORDER BY 2 means the second column, and is another plan than ORDER BY 3. */
export function positionOf(expression: Expression, compilation: Compilation): number | undefined {
  if (expression.kind !== "literal" || expression.form !== "integer") return undefined;
  compilation.pin(expression);
  return Number(expression.text);
}

export function limitSql(limit: Limit | undefined, scope: Scope): string {
  if (!limit) return "";
  const offset = limit.offset ? ` OFFSET ${wholeNumber(limit.offset, scope)}` : "";
  return ` LIMIT ${wholeNumber(limit.count, scope)}${offset}`;
}

/** LIMIT takes whole numbers only; 18446744073709551615 is MySQL's way to say "all". */
function wholeNumber(expression: Expression, scope: Scope): string {
  const { compilation } = scope;
  if (expression.kind === "literal" && expression.form === "integer") {
    return compilation.literal({ ...expression, negative: false }, (text) =>
      BigInt(text) > BigInt(Number.MAX_SAFE_INTEGER) ? BigInt(Number.MAX_SAFE_INTEGER) : BigInt(text),
    );
  }
  // A prepared statement's parameter that came as a text.
  if (expression.kind === "literal" && expression.form === "string" && /^\d{1,18}$/.test(expression.text)) {
    compilation.pin(expression);
    return expression.text;
  }
  if (expression.kind === "variable") return translation.expression(expression, scope).sql;
  throw notSupported("LIMIT with an expression");
}
