import type { Connection, FieldPacket } from "mysql2/promise";

/** What a server said to one statement, as far as clients rely on it. */
export type Answer =
  | { readonly kind: "rows"; readonly columns: readonly string[]; readonly rows: readonly string[] }
  | { readonly kind: "ok"; readonly words: string }
  | { readonly kind: "error"; readonly words: string };

/** A statement of a chapter, `?` filled by `parameters` over the binary protocol where there are any. */
export interface Question {
  readonly sql: string;
  readonly parameters?: readonly unknown[];
  /** Values change from time to time or place to place: only the columns are compared. */
  readonly valuesVary: boolean;
  /** Who asks, where it is not root. */
  readonly user?: string;
}

const UNSIGNED = 32;
const BINARY = 63;

interface DriverError {
  readonly errno?: number;
  readonly sqlState?: string;
  readonly sqlMessage?: string;
  readonly message: string;
}

export async function ask(connection: Connection, question: Question): Promise<Answer> {
  try {
    const [rows, fields] = await answerTo(connection, question);
    return Array.isArray(rows)
      ? { kind: "rows", columns: fields.map(columnWords), rows: rows.map(rowWords) }
      : { kind: "ok", words: okWords(rows) };
  } catch (error) {
    const { errno, sqlState, sqlMessage, message } = error as DriverError;
    return { kind: "error", words: `${errno} (${sqlState}) ${sqlMessage ?? message}` };
  }
}

type Raw = [unknown[] | { affectedRows: number; insertId: number; info: string }, FieldPacket[]];

async function answerTo(connection: Connection, { sql, parameters }: Question): Promise<Raw> {
  if (parameters !== undefined)
    return (await connection.execute(sql, [...parameters] as string[])) as unknown as Raw;
  const asText = { sql, rowsAsArray: true, typeCast: valueWords };
  return (await connection.query(asText)) as unknown as Raw;
}

interface Field {
  readonly type: string;
  buffer(): Buffer | null;
}

/** Texts as they read, bytes that are no text as hexadecimal digits. */
function valueWords(field: Field): string | null {
  const bytes = field.buffer();
  if (bytes === null) return null;
  const text = bytes.toString("utf8");
  return Buffer.from(text).equals(bytes) && !/\p{Cc}/u.test(text.replaceAll("\n", ""))
    ? text
    : `0x${bytes.toString("hex")}`;
}

/** By number, as far as OceanBase sends them. */
const TYPES: ReadonlyMap<number, string> = new Map(
  (
    "1 tinyint, 2 smallint, 3 int, 4 float, 5 double, 6 null, 7 timestamp, 8 bigint, 9 mediumint, 10 date, 11 time, " +
    "12 datetime, 13 year, 16 bit, 245 json, 246 decimal, 252 blob, 253 varstring, 254 string"
  )
    .split(", ")
    .map((pair) => pair.split(" "))
    .map(([code, name = ""]) => [Number(code), name]),
);

/**
 * Name, type, text or bytes, sign and digits. Not compared: lengths and NOT NULL, which both servers take from estimates
 * of their own and no client of ours reads.
 */
function columnWords(field: FieldPacket): string {
  const {
    name,
    columnType = -1,
    characterSet = 0,
    flags,
    decimals,
  } = field as FieldPacket & {
    readonly characterSet?: number;
  };
  const words = [
    name,
    TYPES.get(columnType) ?? String(columnType),
    characterSet === BINARY ? "bytes" : "text",
  ];
  if ((Number(flags) & UNSIGNED) !== 0) words.push("unsigned");
  return [...words, String(decimals)].join(" ");
}

const rowWords = (row: unknown) =>
  JSON.stringify(row, (_key, value: unknown) => (typeof value === "bigint" ? value.toString() : value));

function okWords(header: { affectedRows: number; insertId: number; info: string }): string {
  return `${header.affectedRows} affected, insert id ${header.insertId}${header.info ? `, ${header.info}` : ""}`;
}

/** What the two say differently, in words that stay the same from run to run; undefined when they agree. */
export function difference(
  { seekdb, sandbox }: Both,
  valuesVary: boolean,
): { readonly seekdb: string; readonly sandbox: string } | undefined {
  const [one, other] = [wordsOf(seekdb, valuesVary), wordsOf(sandbox, valuesVary)];
  const differing = one.flatMap((line, at) => (line === other[at] ? [] : [at]));
  if (one.length === other.length && differing.length === 0) return undefined;
  const shown = (lines: readonly string[]) =>
    one.length === other.length ? differing.map((at) => lines[at]).join("\n") : lines.join("\n");
  return { seekdb: shown(one), sandbox: shown(other) };
}

export interface Both {
  readonly seekdb: Answer;
  readonly sandbox: Answer;
}

function wordsOf(answer: Answer, valuesVary: boolean): readonly string[] {
  if (answer.kind !== "rows") return [`${answer.kind}: ${answer.words}`];
  return [...answer.columns, ...(valuesVary ? [] : answer.rows.map(onAnyZones))];
}

/** seekdb has one zone, the sandbox three: how many copies there are is no difference between the two. */
const onAnyZones = (row: string) => row.replace(/REPLICA_NUM = \d+/g, "REPLICA_NUM = n");
