import { type DataType, integerBits } from "../data-type.ts";
import * as types from "../sql-type.ts";
import type { Compilation } from "./compilation.ts";
import { asDatetime, asDouble, asNumber, asText, asTime, type Typed, typed } from "./typed.ts";

export function cast(value: Typed, to: DataType, compilation: Compilation): Typed {
  const type = types.columnType(to);
  const { kind } = type;
  if (value.type.kind === "null") return typed("NULL", type);
  if (kind === "decimal") {
    const source = value.type.kind === "text" ? value.sql : asNumber(value, compilation).sql;
    return typed(`my_decimal_cast(${source}, ${to.length ?? 10}, ${type.scale})`, type);
  }
  if (kind === "int" && integerBits(to) !== undefined) return castInteger(value, to, compilation);
  if (kind === "double") return typed(asDouble(value, compilation), types.DOUBLE);
  if (kind === "datetime")
    return typed(`my_round_datetime(${asDatetime(value, compilation)}, ${type.scale})`, type);
  if (kind === "date") return typed(`substr(${asDatetime(value, compilation)}, 1, 10)`, types.DATE);
  if (kind === "time") return typed(`my_round_time(${asTime(value)}, ${type.scale})`, type);
  if (kind === "json")
    return typed(value.type.kind === "json" ? value.sql : `my_json(${asText(value)})`, types.JSON_TYPE);
  if (kind === "bytes") return typed(cut(`CAST(${asText(value)} AS BLOB)`, to.length), type);
  return typed(cut(asText(value), to.length), type);
}

const cut = (sql: string, length: number | undefined) =>
  length === undefined ? sql : `substr(${sql}, 1, ${length})`;

function castInteger(value: Typed, to: DataType, compilation: Compilation): Typed {
  if (value.type.kind === "int") return typed(value.sql, to.unsigned ? types.BITS : types.INT);
  const number = value.type.kind === "text" ? value.sql : asNumber(value, compilation).sql;
  const sql = `my_integer_cast(${number}, ${value.type.kind === "text" ? 1 : 0})`;
  return typed(sql, to.unsigned ? types.BITS : types.INT);
}
