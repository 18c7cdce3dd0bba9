import type { BinaryOperator } from "../ast.ts";
import { notSupported } from "../errors.ts";
import type { SqlType } from "../sql-type.ts";
import * as types from "../sql-type.ts";
import type { Pair } from "./comparison.ts";
import type { Compilation } from "./compilation.ts";
import { asDouble, asInteger, asNumber, nullOf, type Typed, typed } from "./typed.ts";

export type Arithmetic = Extract<BinaryOperator, "+" | "-" | "*" | "/" | "DIV" | "%">;
export type BitOperator = Extract<BinaryOperator, "|" | "&" | "<<" | ">>" | "^">;

/** div_precision_increment */
export const DIVISION_DIGITS = 4;

export function arithmetic(operator: Arithmetic, operands: Pair, compilation: Compilation): Typed {
  const left = asNumber(operands.left, compilation);
  const right = asNumber(operands.right, compilation);
  if (left.type.kind === "null" || right.type.kind === "null") return nullOf();
  if (left.type.bits || right.type.bits) throw notSupported("arithmetic with the result of a bit operation");
  if (left.type.kind === "double" || right.type.kind === "double")
    return onDoubles(operator, { left, right }, compilation);
  if (operator === "/" || left.type.kind === "decimal" || right.type.kind === "decimal") {
    return onDecimals(operator, { left, right });
  }
  return onIntegers(operator, { left, right });
}

function onDoubles(operator: Arithmetic, { left, right }: Pair, compilation: Compilation): Typed {
  const [a, b] = [asDouble(left, compilation), asDouble(right, compilation)];
  if (operator === "%") return typed(`my_double_mod(${a}, ${b})`, types.DOUBLE);
  if (operator === "DIV") return typed(`my_integer_part(${a} / ${b})`, types.INT);
  return typed(`(${a} ${operator} ${b})`, types.DOUBLE);
}

/** An overflow turns SQLite's integers into reals: my_int tells that from an integer and answers 1690. */
function onIntegers(operator: Exclude<Arithmetic, "/">, { left, right }: Pair): Typed {
  const unsigned = left.type.unsigned || right.type.unsigned;
  const type = unsigned ? types.UNSIGNED : types.INT;
  if (operator === "DIV") return typed(`(${left.sql} / ${right.sql})`, type);
  if (operator === "%") return typed(`(${left.sql} % ${right.sql})`, type);
  return typed(`(${left.sql} ${operator} ${right.sql})`, type);
}

const DECIMAL_FUNCTION: Record<Exclude<Arithmetic, "/">, string> = {
  "+": "my_decimal_add",
  "-": "my_decimal_subtract",
  "*": "my_decimal_multiply",
  "%": "my_decimal_mod",
  DIV: "my_decimal_div",
};

function onDecimals(operator: Arithmetic, { left, right }: Pair): Typed {
  if (operator === "/") {
    const scale = left.type.scale + DIVISION_DIGITS;
    return typed(
      `my_decimal_divide(${left.sql}, ${right.sql}, ${Math.min(scale, 30)})`,
      types.decimal(scale),
    );
  }
  const type = operator === "DIV" ? types.INT : decimalResult(operator, left.type, right.type);
  return typed(`${DECIMAL_FUNCTION[operator]}(${left.sql}, ${right.sql})`, type);
}

function decimalResult(operator: "+" | "-" | "*" | "%", a: SqlType, b: SqlType): SqlType {
  return types.decimal(operator === "*" ? a.scale + b.scale : Math.max(a.scale, b.scale));
}

export function bitwise(operator: BitOperator, { left, right }: Pair, compilation: Compilation): Typed {
  const [a, b] = [asInteger(left, compilation), asInteger(right, compilation)];
  if (operator === "^") return typed(`((${a} | ${b}) - (${a} & ${b}))`, types.BITS);
  if (operator === ">>") return typed(`my_shift_right(${a}, ${b})`, types.BITS);
  return typed(`(${a} ${operator} ${b})`, types.BITS);
}

export function negate(operand: Typed, compilation: Compilation): Typed {
  const number = asNumber(operand, compilation);
  if (number.literal && number.literal.form !== "string") return negativeLiteral(number, compilation);
  if (number.type.kind === "decimal") return typed(`my_decimal_subtract(0, ${number.sql})`, number.type);
  return typed(`(- ${number.sql})`, { ...number.type, unsigned: false });
}

function negativeLiteral(number: Typed, compilation: Compilation): Typed {
  if (!number.literal) return number;
  const literal = { ...number.literal, negative: !number.literal.negative };
  const { form } = literal;
  return { ...number, literal, sql: compilation.literal(literal, (text) => negativeValue(form, text)) };
}

/** -9223372036854775808 is an integer, though 9223372036854775808 is not. */
function negativeValue(form: string, text: string): number | bigint | string {
  if (form === "float") return Number(text);
  return form === "integer" && BigInt.asIntN(64, BigInt(text)) === BigInt(text) ? BigInt(text) : text;
}
