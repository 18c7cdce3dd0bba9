import { ByteReader } from "./byte-reader.ts";
import { parameterPlaces } from "./split.ts";

const UNSIGNED = 0x8000;

/** A statement of COM_STMT_PREPARE: its text, where its parameters stand, and what the client has said about them. */
export class PreparedStatement {
  readonly sql: string;
  readonly places: readonly number[];
  #types: number[] = [];
  readonly #longData = new Map<number, Buffer[]>();
  #longSize = 0;

  constructor(sql: string) {
    this.sql = sql;
    this.places = parameterPlaces(sql);
  }

  /** Bytes held from COM_STMT_SEND_LONG_DATA. */
  get longDataSize(): number {
    return this.#longSize;
  }

  addLongData(parameter: number, bytes: Buffer): void {
    const parts = this.#longData.get(parameter) ?? [];
    parts.push(Buffer.from(bytes));
    this.#longData.set(parameter, parts);
    this.#longSize += bytes.length;
  }

  reset(): void {
    this.#longData.clear();
    this.#longSize = 0;
  }

  /** The text with the parameters of a COM_STMT_EXECUTE filled in; `reader` stands behind the iteration count. */
  withParameters(reader: ByteReader): string {
    const literals = this.#readParameters(reader);
    this.reset();
    let sql = "";
    let from = 0;
    this.places.forEach((place, i) => {
      sql += this.sql.slice(from, place) + (literals[i] ?? "NULL");
      from = place + 1;
    });
    return sql + this.sql.slice(from);
  }

  #readParameters(reader: ByteReader): string[] {
    const count = this.places.length;
    if (count === 0) return [];
    const nulls = reader.bytes((count + 7) >> 3);
    // The types are sent with the first execution only, unless they change.
    if (reader.uint(1) === 1) this.#types = Array.from({ length: count }, () => reader.uint(2));
    return Array.from({ length: count }, (_, i) => {
      const type = this.#types[i] ?? 253;
      const long = this.#longData.get(i);
      if (long) return bytesOrText(type, Buffer.concat(long));
      return ((nulls[i >> 3] ?? 0) & (1 << (i & 7))) !== 0 ? "NULL" : readLiteral(reader, type);
    });
  }
}

function readLiteral(reader: ByteReader, type: number): string {
  const unsigned = (type & UNSIGNED) !== 0;
  switch (type & 0xff) {
    case 1:
      return String(unsigned ? reader.uint(1) : reader.int(1));
    case 2:
    case 13:
      return String(unsigned ? reader.uint(2) : reader.int(2));
    case 3:
    case 9:
      return String(unsigned ? reader.uint(4) : reader.int(4));
    case 8:
      return String(unsigned ? reader.uint64() : reader.int64());
    case 4:
      return doubleLiteral(reader.float());
    case 5:
      return doubleLiteral(reader.double());
    case 6:
      return "NULL";
    case 7:
    case 10:
    case 12:
      return dateLiteral(reader);
    case 11:
      return timeLiteral(reader);
    default:
      return bytesOrText(type, reader.lengthEncodedBytes());
  }
}

/** Whole numbers stay whole, because drivers send every JavaScript number as a double: LIMIT and keys need integers. */
function doubleLiteral(value: number): string {
  if (Number.isSafeInteger(value)) return String(value);
  const text = String(value);
  return text.includes("e") ? text.replace("e+", "e") : `${text}e0`;
}

const pad = (value: number, width: number) => String(value).padStart(width, "0");

function dateLiteral(reader: ByteReader): string {
  const size = reader.uint(1);
  const date = size >= 4 ? [reader.uint(2), reader.uint(1), reader.uint(1)] : [0, 0, 0];
  const time = size >= 7 ? [reader.uint(1), reader.uint(1), reader.uint(1)] : [0, 0, 0];
  const micros = size >= 11 ? `.${pad(reader.uint(4), 6)}` : "";
  const [year = 0, month = 0, day = 0] = date;
  return `'${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)} ${time.map((part) => pad(part, 2)).join(":")}${micros}'`;
}

function timeLiteral(reader: ByteReader): string {
  const size = reader.uint(1);
  if (size < 8) return "'00:00:00'";
  const sign = reader.uint(1) === 1 ? "-" : "";
  const hours = reader.uint(4) * 24 + reader.uint(1);
  const [minutes, seconds] = [reader.uint(1), reader.uint(1)];
  const micros = size >= 12 ? `.${pad(reader.uint(4), 6)}` : "";
  return `'${sign}${pad(hours, 2)}:${pad(minutes, 2)}:${pad(seconds, 2)}${micros}'`;
}

/** Blob types, and texts that are not UTF-8, are kept byte by byte. */
function bytesOrText(type: number, bytes: Buffer): string {
  const code = type & 0xff;
  const isBlob = code >= 249 && code <= 252;
  const text = bytes.toString("utf8");
  if (isBlob || text.includes("\ufffd")) return bytes.length === 0 ? "''" : `x'${bytes.toString("hex")}'`;
  return quote(text);
}

const quote = (text: string) =>
  `'${text.replaceAll("\\", "\\\\").replaceAll("'", "''").replaceAll("\0", "\\0")}'`;
