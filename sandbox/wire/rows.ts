import type { Column, ColumnType, Value } from "../engine.ts";
import { doubleText } from "../sql/values/double.ts";
import type { ByteWriter } from "./byte-writer.ts";

const NULL_FIELD = 0xfb;

/** One row of the text protocol, without its frame. */
export function writeTextRow(writer: ByteWriter, row: readonly Value[]): void {
  for (const value of row) {
    if (value === null) writer.uint(NULL_FIELD, 1);
    else if (value instanceof Uint8Array) writer.lengthEncodedBytes(value);
    else writer.lengthEncodedText(typeof value === "string" ? value : numberText(value));
  }
}

const numberText = (value: number | bigint) =>
  typeof value === "bigint" ? String(value) : doubleText(value);

/** One row of the binary protocol (prepared statements), without its frame. */
export function writeBinaryRow(writer: ByteWriter, columns: readonly Column[], row: readonly Value[]): void {
  writer.uint(0, 1);
  writer.bytes(nullBitmap(row));
  row.forEach((value, i) => {
    const column = columns[i];
    if (value !== null && column) writeBinaryValue(writer, column.type, value);
  });
}

/** The bitmap of a row begins at bit 2. */
function nullBitmap(row: readonly Value[]): Uint8Array {
  const bitmap = new Uint8Array((row.length + 9) >> 3);
  row.forEach((value, i) => {
    const bit = i + 2;
    if (value === null) bitmap[bit >> 3] = (bitmap[bit >> 3] ?? 0) | (1 << (bit & 7));
  });
  return bitmap;
}

const INTEGER_SIZE: Partial<Record<ColumnType, number>> = {
  tinyint: 1,
  smallint: 2,
  year: 2,
  mediumint: 4,
  int: 4,
};

type Present = Exclude<Value, null>;

function writeBinaryValue(writer: ByteWriter, type: ColumnType, value: Present): void {
  const size = INTEGER_SIZE[type];
  if (size !== undefined) return writeInteger(writer, size, value);
  if (type === "bigint") return writer.int64(BigInt(String(value)));
  if (type === "double") return writer.double(Number(value));
  if (type === "float") return writer.float(Number(value));
  if (type === "date" || type === "datetime" || type === "timestamp") return writeDate(writer, String(value));
  if (type === "time") return writeTime(writer, String(value));
  if (value instanceof Uint8Array) return writer.lengthEncodedBytes(value);
  writer.lengthEncodedText(typeof value === "string" ? value : numberText(value));
}

function writeInteger(writer: ByteWriter, size: number, value: Present): void {
  const number = Number(value);
  writer.uint(number < 0 ? number + 2 ** (8 * size) : number, size);
}

/** `2026-01-02`, `2026-01-02 03:04:05` or with a fraction; the shortest of MySQL's three forms is sent. */
function writeDate(writer: ByteWriter, text: string): void {
  const part = (from: number, to: number) => Number(text.slice(from, to));
  const micros = fraction(text, 20);
  const hasTime = text.length > 10 && /[1-9]/.test(text.slice(11));
  writer.uint(hasTime ? (micros > 0 ? 11 : 7) : 4, 1);
  writer.uint(part(0, 4), 2);
  writer.uint(part(5, 7), 1);
  writer.uint(part(8, 10), 1);
  if (!hasTime) return;
  for (const from of [11, 14, 17]) writer.uint(part(from, from + 2), 1);
  if (micros > 0) writer.uint(micros, 4);
}

const fraction = (text: string, from: number) => Number(text.slice(from, from + 6).padEnd(6, "0"));

/** `[-]hhh:mm:ss[.ffffff]` */
function writeTime(writer: ByteWriter, text: string): void {
  const [, sign, hours = "0", minutes = "0", seconds = "0", rest = ""] =
    /^(-?)(\d+):(\d+):(\d+)(?:\.(\d+))?/.exec(text) ?? [];
  const micros = fraction(rest, 0);
  if (!/[1-9]/.test(text)) return writer.uint(0, 1);
  writer.uint(micros > 0 ? 12 : 8, 1);
  writer.uint(sign === "-" ? 1 : 0, 1);
  writer.uint(Math.floor(Number(hours) / 24), 4);
  writer.uint(Number(hours) % 24, 1);
  writer.uint(Number(minutes), 1);
  writer.uint(Number(seconds), 1);
  if (micros > 0) writer.uint(micros, 4);
}
