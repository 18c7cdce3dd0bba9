import type { Column, Reply, Value } from "../engine.ts";
import { SqlError } from "../engine.ts";
import type { ByteWriter } from "./byte-writer.ts";
import { writeColumn } from "./column-definition.ts";
import { STATUS } from "./protocol.ts";
import { writeBinaryRow, writeTextRow } from "./rows.ts";

/** What a statement came to: a reply, or the error that the client is to see. */
export type Outcome = Reply | SqlError;

type OkReply = Extract<Reply, { kind: "ok" }>;

export interface AnswerStyle {
  /** Prepared statements are answered with binary rows. */
  readonly binary: boolean;
  /** Server status flags, SERVER_MORE_RESULTS_EXISTS included. */
  readonly status: number;
  /** The client asked to count found instead of changed rows. */
  readonly foundRows: boolean;
  /** Called when much is written, so that a big answer does not stand in memory twice. */
  relieve(): Promise<void> | undefined;
}

/** The socket is given what has been written whenever it exceeds this. */
export const RELIEF_BYTES = 256 * 1024;

export function writeOk(writer: ByteWriter, reply: Omit<OkReply, "kind">, style: AnswerStyle): void {
  const affected = style.foundRows ? (reply.matchedRows ?? reply.affectedRows) : reply.affectedRows;
  writer.begin();
  writer.uint(0, 1);
  writer.lengthEncoded(affected ?? 0);
  writer.lengthEncoded(reply.insertId ?? 0);
  writer.uint(style.status, 2);
  writer.uint(Math.min(reply.warnings ?? 0, 0xffff), 2);
  // The protocol's own documents call it a string until the end; clients read it length-encoded where it is not empty.
  if (reply.info) writer.lengthEncodedText(reply.info);
  writer.end();
}

export function writeEof(writer: ByteWriter, status: number): void {
  writer.begin();
  writer.uint(0xfe, 1);
  writer.uint(0, 2);
  writer.uint(status, 2);
  writer.end();
}

export function writeError(writer: ByteWriter, error: SqlError): void {
  writer.begin();
  writer.uint(0xff, 1);
  writer.uint(error.errno, 2);
  writer.text(`#${error.sqlState.padEnd(5, "0").slice(0, 5)}${error.message}`);
  writer.end();
}

export function writeColumns(writer: ByteWriter, columns: readonly Column[], status: number): void {
  for (const column of columns) {
    writer.begin();
    writeColumn(writer, column);
    writer.end();
  }
  writeEof(writer, status);
}

interface RowSet {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Value[])[];
}

async function writeRowSet(writer: ByteWriter, { columns, rows }: RowSet, style: AnswerStyle): Promise<void> {
  writer.begin();
  writer.lengthEncoded(columns.length);
  writer.end();
  writeColumns(writer, columns, style.status & ~STATUS.moreResults);
  for (const row of rows) {
    writer.begin();
    if (style.binary) writeBinaryRow(writer, columns, row);
    else writeTextRow(writer, row);
    writer.end();
    if (writer.length > RELIEF_BYTES) await style.relieve();
  }
  writeEof(writer, style.status);
}

/** Writes one outcome; a promise only where rows are sent. */
export function writeOutcome(
  writer: ByteWriter,
  outcome: Outcome,
  style: AnswerStyle,
): Promise<void> | undefined {
  if (outcome instanceof SqlError) writeError(writer, outcome);
  else if (outcome.kind === "ok") writeOk(writer, outcome, style);
  else return writeRowSet(writer, outcome, style);
  return undefined;
}
