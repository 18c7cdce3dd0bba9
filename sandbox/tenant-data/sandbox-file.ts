import fs from "node:fs";
import path from "node:path";
import { crc32 } from "node:zlib";
import { damaged, reading, writing } from "./storage-fault.ts";

/*
 * Every file below a destination begins with the same 128 bytes: a sentence for whoever opens it with `head`, the kind
 * of file, and for documents the length and CRC of the JSON that follows. OceanBase's own files have another, binary,
 * header; names and folders are OceanBase's, contents are not.
 */
const NOTICE = "Made by a sandbox, a stand-in for OceanBase. OceanBase cannot read this file.\n";
const NOTICE_BYTES = 80;
const KIND_BYTES = 32;
export const HEADER_BYTES = 128;

export type FileKind =
  | "format"
  | "check"
  | "mark"
  | "backup_set_info"
  | "backup_set_infos"
  | "backup_info"
  | "tablet_info"
  | "macro_block_data"
  | "macro_range_index"
  | "page_index"
  | "archive_info"
  | "piece_info"
  | "piece_infos"
  | "checkpoint_info"
  | "archive_log";

export function fileHeader(kind: FileKind, content: Uint8Array = Buffer.alloc(0)): Buffer {
  const header = Buffer.alloc(HEADER_BYTES, " ");
  header.write(NOTICE.padStart(NOTICE_BYTES), 0, "latin1");
  header.write(kind, NOTICE_BYTES, "latin1");
  header.writeUInt32LE(content.byteLength, NOTICE_BYTES + KIND_BYTES);
  header.writeUInt32LE(crc32(content), NOTICE_BYTES + KIND_BYTES + 4);
  header.write("\n", HEADER_BYTES - 1, "latin1");
  return header;
}

/** Throws a StorageFault when `header` is not that of a `kind`. */
export function checkHeader(file: string, kind: FileKind, header: Buffer): void {
  const length = header.readUInt32LE(NOTICE_BYTES + KIND_BYTES);
  const sum = header.readUInt32LE(NOTICE_BYTES + KIND_BYTES + 4);
  const expected = fileHeader(kind);
  expected.writeUInt32LE(length, NOTICE_BYTES + KIND_BYTES);
  expected.writeUInt32LE(sum, NOTICE_BYTES + KIND_BYTES + 4);
  if (!header.equals(expected)) throw damaged(file, `its header is not that of a ${kind} file`);
}

/** A kind of document and what it holds. */
export interface DocumentType<T> {
  readonly kind: FileKind;
  readonly is: Guard<T>;
}

export type Guard<T> = (value: unknown) => value is T;

/**
 * Recognises an object by one of its fields: enough for what this sandbox itself wrote and whose checksum is right, which
 * can only be of another kind, not half of its own.
 */
export function having<T extends object>(field: keyof T & string): Guard<T> {
  return (value): value is T => typeof value === "object" && value !== null && field in value;
}

export function listOf<T>(is: Guard<T>): Guard<readonly T[]> {
  return (value): value is readonly T[] => Array.isArray(value) && value.every(is);
}

/** Writes a document so that a reader finds the old one or the new one, never a half. SCNs become decimal strings. */
export function writeDocument(
  file: string,
  document: { readonly kind: FileKind; readonly content: unknown },
): void {
  const { kind } = document;
  const content = Buffer.from(toJson(document.content));
  const half = `${file}.half`;
  const bytes = Buffer.concat([fileHeader(kind, content), content]);
  writing(() => {
    if (!fs.existsSync(path.dirname(file))) fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(half, bytes);
    fs.renameSync(half, file);
  });
}

/** Throws 9011 when the file is missing, 4009 when it is damaged or of another kind. */
export function readDocument<T>(file: string, { kind, is }: DocumentType<T>): T {
  const bytes = reading(() => fs.readFileSync(file));
  if (bytes.length < HEADER_BYTES) throw damaged(file, "it is shorter than its header");
  const header = bytes.subarray(0, HEADER_BYTES);
  const content = bytes.subarray(HEADER_BYTES);
  checkHeader(file, kind, header);
  if (!header.equals(fileHeader(kind, content))) throw damaged(file, "its checksum is wrong");
  const document = fromJson(content.toString());
  if (!is(document)) throw damaged(file, `it holds no ${kind}`);
  return document;
}

export function toJson(document: unknown): string {
  return JSON.stringify(
    document,
    (_key, value: unknown) => (typeof value === "bigint" ? String(value) : value),
    1,
  );
}

/** Fields whose name ends in `Scn` are bigints. */
export function fromJson(text: string): unknown {
  return JSON.parse(text, (key, value: unknown) =>
    key.endsWith("Scn") && typeof value === "string" ? BigInt(value) : value,
  );
}

/** Names in a directory; empty when it does not exist. */
export function namesIn(directory: string): readonly string[] {
  return reading(() => (fs.existsSync(directory) ? fs.readdirSync(directory).toSorted() : []));
}
