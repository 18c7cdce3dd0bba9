import { SqlError } from "../../engine.ts";
import type { Call, Expression, OrderItem, Window } from "../ast.ts";
import { notSupported } from "../errors.ts";
import { AGGREGATES, WINDOW_FUNCTIONS } from "./aggregates.ts";
import { DATE_FUNCTIONS } from "./date-functions.ts";
import { JSON_FUNCTIONS } from "./json-functions.ts";
import { NUMBER_FUNCTIONS } from "./number-functions.ts";
import type { Rules } from "./rule.ts";
import type { Scope } from "./scope.ts";
import { SESSION_FUNCTIONS } from "./session-functions.ts";
import { TEXT_FUNCTIONS } from "./text-functions.ts";
import { translation } from "./translation.ts";
import { groupKey, sortKey, type Typed } from "./typed.ts";

const RULES: Rules = {
  ...TEXT_FUNCTIONS,
  ...NUMBER_FUNCTIONS,
  ...DATE_FUNCTIONS,
  ...JSON_FUNCTIONS,
  ...SESSION_FUNCTIONS,
};

export function compileCall(call: Call, scope: Scope): Typed {
  const aggregate =
    AGGREGATES[call.name] ?? (call.over === undefined ? undefined : WINDOW_FUNCTIONS[call.name]);
  if (aggregate) return compileAggregate(call, scope);
  const rule = RULES[call.name];
  if (!rule || call.over !== undefined || call.distinct || call.star)
    throw notSupported(`function ${call.name}`);
  if (call.args.length < rule.min || call.args.length > rule.max) throw wrongCount(call.name);
  const args = call.args.map((arg) => translation.expression(arg, scope));
  return rule.compile({ call, args, compilation: scope.compilation });
}

const wrongCount = (name: string) =>
  new SqlError(
    1582,
    "42000",
    `Incorrect parameter count in the call to native function '${name.replace(/^TRIM_.*/, "TRIM")}'`,
  );

function compileAggregate(call: Call, scope: Scope): Typed {
  const aggregate = AGGREGATES[call.name] ?? WINDOW_FUNCTIONS[call.name];
  if (!aggregate) throw notSupported(`function ${call.name}`);
  return aggregate({
    call,
    args: call.args.map((arg) => translation.expression(arg, scope)),
    compilation: scope.compilation,
    distinct: call.distinct ? "DISTINCT " : "",
    orderBy: call.orderBy.length > 0 ? ` ORDER BY ${orderSql(call.orderBy, scope)}` : "",
    over: call.over === undefined ? "" : ` OVER ${windowSql(call.over, scope)}`,
  });
}

export function orderSql(items: readonly OrderItem[], scope: Scope): string {
  const keys = items.map(({ expression, descending }) => {
    const key = sortKey(translation.expression(expression, scope));
    return descending ? `${key} DESC` : key;
  });
  return keys.join(", ");
}

/** A named window is written out where it is used. */
function windowSql(over: Window | string, scope: Scope): string {
  const window = typeof over === "string" ? namedWindow(over, scope) : over;
  const base = window.base === undefined ? undefined : namedWindow(window.base, scope);
  const partitionBy = base && window.partitionBy.length === 0 ? base.partitionBy : window.partitionBy;
  const orderBy = base && window.orderBy.length === 0 ? base.orderBy : window.orderBy;
  const parts: string[] = [];
  if (partitionBy.length > 0) {
    const keys = partitionBy.map((item) => groupKey(translation.expression(item, scope)));
    parts.push(`PARTITION BY ${keys.join(", ")}`);
  }
  if (orderBy.length > 0) parts.push(`ORDER BY ${orderSql(orderBy, scope)}`);
  const frame = window.frame || base?.frame;
  if (frame) parts.push(frame);
  return `(${parts.join(" ")})`;
}

function namedWindow(name: string, scope: Scope): Window {
  const found = scope.windows?.get(name.toLowerCase());
  if (!found) throw new SqlError(3579, "HY000", `Window name '${name}' is not defined.`);
  return found;
}

/** True when the expression itself, not a query inside of it, aggregates the rows of its query. */
export function aggregates(expression: Expression): boolean {
  if (expression.kind === "call" && AGGREGATES[expression.name] && expression.over === undefined) return true;
  return children(expression).some(aggregates);
}

function children(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case "unary":
    case "is":
    case "cast":
    case "extract":
    case "collate":
      return [expression.operand];
    case "binary":
      return [expression.left, expression.right];
    case "like":
    case "regexp":
      return [expression.operand, expression.pattern];
    case "between":
      return [expression.operand, expression.low, expression.high];
    case "dateAdd":
      return [expression.operand, expression.amount];
    case "in":
      return "kind" in expression.list ? [expression.operand] : [expression.operand, ...expression.list];
    case "case":
      return [
        ...(expression.operand ? [expression.operand] : []),
        ...expression.branches.flatMap(({ when, result }) => [when, result]),
        ...(expression.otherwise ? [expression.otherwise] : []),
      ];
    case "call":
      return expression.args;
    case "row":
      return expression.items;
    default:
      return [];
  }
}
