import * as types from "../sql-type.ts";
import { type CallContext, direct, type Rule, type Rules, rule } from "./rule.ts";
import { asText, nullOf, type Typed, typed } from "./typed.ts";

/** A value as JSON text: JSON as it is, numbers with all their digits, everything else as a string. */
export function asJson(value: Typed): string {
  const { kind } = value.type;
  if (kind === "null") return "'null'";
  if (kind === "json") return `coalesce(${value.sql}, 'null')`;
  const isNumber = kind === "int" || kind === "decimal" || kind === "double";
  return `${isNumber ? "my_json_of_number" : "my_json_of_text"}(${asJsonText(value)})`;
}

/** JSON shows times with six digits, whatever their type says. */
function asJsonText(value: Typed): string {
  return value.type.kind === "datetime" ? value.sql : asText(value);
}

const pairs = ({ args }: CallContext) =>
  args.map((value, i) => (i % 2 === 0 ? asText(value) : asJson(value)));

const object: Rule = {
  ...rule([0, 100], (context) => typed(`my_json_object(${pairs(context).join(", ")})`, types.JSON_TYPE)),
};

/** Changes at paths: the document, then path and value in turn. */
const change = (mode: string): Rule =>
  rule([3, 99], ({ args: [document = nullOf(), ...rest] }) => {
    const changes = rest.map((value, i) => (i % 2 === 0 ? asText(value) : asJson(value)));
    return typed(`my_json_change('${mode}', ${asText(document)}, ${changes.join(", ")})`, types.JSON_TYPE);
  });

export const JSON_FUNCTIONS: Rules = {
  JSON_OBJECT: object,
  JSON_ARRAY: rule([0, 100], ({ args }) =>
    typed(`my_json_array(${args.map(asJson).join(", ")})`, types.JSON_TYPE),
  ),
  JSON_EXTRACT: direct("my_json_extract", { takes: "t*", least: 2, gives: types.JSON_TYPE }),
  JSON_UNQUOTE: direct("my_json_unquote", { takes: "t", gives: { ...types.LONG_TEXT, byteWise: true } }),
  JSON_QUOTE: direct("my_json_of_text", { takes: "t", gives: types.LONG_TEXT }),
  JSON_VALID: direct("my_json_valid", { takes: "t", gives: types.BOOL }),
  JSON_LENGTH: direct("my_json_length", { takes: "tt", least: 1, gives: types.SHORT }),
  JSON_KEYS: direct("my_json_keys", { takes: "tt", least: 1, gives: types.JSON_TYPE }),
  JSON_TYPE: direct("my_json_type", { takes: "t", gives: types.text(20) }),
  JSON_CONTAINS: direct("my_json_contains", { takes: "ttt", least: 2, gives: types.BOOL }),
  JSON_SET: change("set"),
  JSON_INSERT: change("insert"),
  JSON_REPLACE: change("replace"),
  JSON_REMOVE: direct("my_json_remove", { takes: "t*", least: 2, gives: types.JSON_TYPE }),
};
