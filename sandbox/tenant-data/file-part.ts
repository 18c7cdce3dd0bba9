import fs from "node:fs";
import { constants, zstdCompressSync } from "node:zlib";
import { checkHeader, type FileKind, fileHeader, HEADER_BYTES } from "./sandbox-file.ts";
import { damaged, reading, writing } from "./storage-fault.ts";

/** Level 1: neighbouring images of a page differ in a few bytes, any level finds that. */
export function compress(bytes: Buffer): Buffer {
  return zstdCompressSync(bytes, { params: { [constants.ZSTD_c_compressionLevel]: 1 } });
}

/**
 * Writes at a position and cuts what a dead process left behind it. The file is opened by name each time, so that a
 * destination that was removed or became unwritable is noticed.
 */
export function writeAt(
  file: string,
  part: { readonly kind: FileKind; readonly bytes: Buffer; readonly at: number },
): void {
  const { kind } = part;
  writing(() => {
    const isNew = part.at === HEADER_BYTES;
    const opened = fs.openSync(file, isNew ? "w" : "r+");
    try {
      if (isNew) fs.writeSync(opened, fileHeader(kind), 0, HEADER_BYTES, 0);
      fs.ftruncateSync(opened, part.at);
      for (let done = 0; done < part.bytes.length; ) {
        done += fs.writeSync(opened, part.bytes, done, part.bytes.length - done, part.at + done);
      }
    } finally {
      fs.closeSync(opened);
    }
  });
}

/** Throws 9011 when the file is missing, 4009 when it is of another kind or too short. */
export function readAt(
  file: string,
  part: { readonly kind: FileKind; readonly at: number; readonly length: number },
): Buffer {
  const { kind } = part;
  return reading(() => {
    const opened = fs.openSync(file, "r");
    try {
      const header = Buffer.alloc(HEADER_BYTES);
      fs.readSync(opened, header, 0, HEADER_BYTES, 0);
      checkHeader(file, kind, header);
      const bytes = Buffer.allocUnsafe(part.length);
      const read = fs.readSync(opened, bytes, 0, part.length, part.at);
      if (read !== part.length)
        throw damaged(file, `it ends at ${part.at + read}, before ${part.at + part.length}`);
      return bytes;
    } finally {
      fs.closeSync(opened);
    }
  });
}
