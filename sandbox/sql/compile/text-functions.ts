import * as types from "../sql-type.ts";
import { direct, type Rules, rule } from "./rule.ts";
import { asInteger, asText, type Typed, typed } from "./typed.ts";

const wide = (args: readonly Typed[]) => {
  const isLong = args.some(({ type }) => type.wire === "longtext" || type.wire === "json");
  const lengths = args.map(({ type }) => type.length ?? 0);
  const total = lengths.reduce((sum, length) => sum + length, 0);
  return {
    ...(isLong ? types.LONG_TEXT : types.text(total > 0 ? total : undefined)),
    byteWise: args.some(({ type }) => type.kind === "text" && type.byteWise),
  };
};
const asFirst = (args: readonly Typed[]) => {
  const [first] = args;
  if (first?.type.kind !== "text") return types.text();
  const { enumerated: _, ...plain } = first.type;
  return plain;
};

/** Length in bytes: SQLite counts characters of a text and bytes of a blob. */
const byteLength = rule([1, 1], ({ args: [value = typed("NULL", types.NULL)] }) =>
  typed(
    value.type.kind === "bytes" ? `length(${value.sql})` : `length(CAST(${asText(value)} AS BLOB))`,
    types.INT,
  ),
);

/** HEX of a number is its number in base 16, HEX of anything else its bytes. */
const hex = rule([1, 1], ({ args: [value = typed("NULL", types.NULL)], compilation }) => {
  const isNumber = value.type.kind === "int" || value.type.kind === "double" || value.type.kind === "decimal";
  if (isNumber) return typed(`my_hex_number(${asInteger(value, compilation)})`, types.text(16));
  return typed(`hex(${value.type.kind === "bytes" ? value.sql : asText(value)})`, types.text());
});

const digest = (name: string, length: number) =>
  rule([1, 1], ({ args: [value = typed("NULL", types.NULL)] }) => {
    const sql = value.type.kind === "bytes" ? value.sql : asText(value);
    return typed(`my_digest('${name}', ${sql})`, types.text(length));
  });

const substring = direct("my_substring", { takes: "tii", least: 2, gives: asFirst });
const length = direct("length", { takes: "t", gives: types.INT });
const lower = direct("my_lower", { takes: "t", gives: asFirst });
const upper = direct("my_upper", { takes: "t", gives: asFirst });

export const TEXT_FUNCTIONS: Rules = {
  CONCAT: direct("my_concat", { takes: "t*", least: 1, gives: wide }),
  CONCAT_WS: direct("my_concat_ws", { takes: "t*", least: 2, gives: wide }),
  SUBSTRING: substring,
  SUBSTR: substring,
  MID: substring,
  LEFT: direct("my_left", { takes: "ti", gives: asFirst }),
  RIGHT: direct("my_right", { takes: "ti", gives: asFirst }),
  LENGTH: byteLength,
  OCTET_LENGTH: byteLength,
  CHAR_LENGTH: length,
  CHARACTER_LENGTH: length,
  UPPER: upper,
  UCASE: upper,
  LOWER: lower,
  LCASE: lower,
  TRIM_BOTH: direct("my_trim", { takes: "tt", least: 1, gives: asFirst }),
  TRIM_LEADING: direct("my_trim_leading", { takes: "tt", least: 1, gives: asFirst }),
  TRIM_TRAILING: direct("my_trim_trailing", { takes: "tt", least: 1, gives: asFirst }),
  LTRIM: direct("my_trim_leading", { takes: "t", gives: asFirst }),
  RTRIM: direct("my_trim_trailing", { takes: "t", gives: asFirst }),
  REPLACE: direct("my_replace", { takes: "ttt", gives: types.text() }),
  REVERSE: direct("my_reverse", { takes: "t", gives: asFirst }),
  REPEAT: direct("my_repeat", { takes: "ti", gives: types.text() }),
  SPACE: direct("my_space", { takes: "i", gives: types.text() }),
  LPAD: direct("my_pad_left", { takes: "tit", gives: types.text() }),
  RPAD: direct("my_pad_right", { takes: "tit", gives: types.text() }),
  LOCATE: direct("my_locate", { takes: "tti", least: 2, gives: types.INT }),
  INSTR: rule([2, 2], ({ args: [text = typed("NULL", types.NULL), part = text] }) =>
    typed(`my_locate(${asText(part)}, ${asText(text)})`, types.INT),
  ),
  SUBSTRING_INDEX: direct("my_substring_index", { takes: "tti", gives: asFirst }),
  HEX: hex,
  UNHEX: direct("my_unhex", { takes: "t", gives: types.BYTES }),
  ASCII: direct("my_ascii", { takes: "t", gives: types.SHORT }),
  CHAR: direct("my_char", { takes: "i*", least: 1, gives: types.BYTES }),
  FIELD: direct("my_field", { takes: "t*", least: 2, gives: types.INT }),
  FIND_IN_SET: direct("my_find_in_set", { takes: "tt", gives: types.UNSIGNED }),
  ELT: direct("my_elt", { takes: "it*", least: 2, gives: types.text() }),
  STRCMP: direct("my_strcmp", { takes: "tt", gives: types.INT }),
  MD5: digest("md5", 32),
  SHA: digest("sha1", 40),
  SHA1: digest("sha1", 40),
  SHA2: direct("my_sha2", { takes: "ti", gives: types.text(128) }),
  CRC32: direct("my_crc32", { takes: "t", gives: types.UNSIGNED }),
  TO_BASE64: direct("my_to_base64", { takes: "v", gives: types.text() }),
  FROM_BASE64: direct("my_from_base64", { takes: "t", gives: types.BYTES }),
  QUOTE: direct("my_quote", { takes: "t", gives: types.text() }),
  UUID: direct("my_uuid", { takes: "", gives: types.text(36) }),
  BIN: direct("my_bin", { takes: "i", gives: types.text(64) }),
};
