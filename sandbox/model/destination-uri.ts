import { SqlError } from "../engine.ts";
import { syntaxError } from "../sql/errors.ts";
import type { Model } from "./model.ts";
import { refusal } from "./refusal.ts";
import { isSince } from "./version.ts";

const OBJECT_STORAGE = /^(oss|cos|s3|azblob|hdfs):\/\//i;

/**
 * A destination as the kernel keeps it. 9026 for what is no URI of a known kind, 1064 for a quote (4.2.1.9 pastes the path
 * into a statement of its own), 1235 for object storage, which the sandbox does not have.
 */
export function destinationUri(text: string): string {
  if (text.includes("'")) throw syntaxError(text, text.indexOf("'") + 1);
  if (OBJECT_STORAGE.test(text)) {
    if (/[?&]encrypt_key=/.test(text)) throw hasEncryptKey();
    refuseChecksum(text);
    throw refusal("OB_NOT_SUPPORTED");
  }
  if (!text.startsWith("file://")) throw refusal("OB_INVALID_BACKUP_DEST");
  const [path = ""] = text.slice("file://".length).split("?");
  const kept = path.replaceAll("\\", "").replace(/\/+$/, "");
  if (kept === "" || kept.split("/").includes("..")) throw refusal("OB_INVALID_BACKUP_DEST");
  return `file://${kept}`;
}

const CHECKSUMS = ["no_checksum", "md5", "crc32"];

/** Only S3 knows crc32; what is no checksum at all is 1210 (4.2.1.9, which does not name the type). */
function refuseChecksum(text: string): void {
  const type = /[?&]checksum_type=([^&]*)/.exec(text)?.[1];
  if (type === undefined) return;
  if (!CHECKSUMS.includes(type)) throw refusal("OB_INVALID_ARGUMENT");
  if (type === "crc32" && !/^s3:/i.test(text)) throw refusal("OB_CHECKSUM_TYPE_NOT_SUPPORTED");
}

function hasEncryptKey(): SqlError {
  const { errno, sqlState } = refusal("OB_INVALID_BACKUP_DEST");
  return new SqlError(errno, sqlState, "backup destination contains encrypt_key, which is not a valid uri");
}

const FORMAT_MISSING = 9080;
const FORMAT_FOREIGN = 9081;

/** The same error in the words of the cluster's version: 4.2.1.9 as seen, later ones from ob_errno.def. */
export function inVersionsWords(model: Model, error: unknown): unknown {
  if (!(error instanceof SqlError)) return error;
  const missing = error.errno === FORMAT_MISSING;
  if (!missing && error.errno !== FORMAT_FOREIGN) return error;
  return new SqlError(error.errno, error.sqlState, formatText(model, missing ? "missing" : "foreign"));
}

function formatText(model: Model, what: "missing" | "foreign"): string {
  if (!isSince(model.version, "4.2.5")) {
    return what === "missing"
      ? "the format file does not exist under the destination"
      : "the content of the format file at the destination does not match";
  }
  const text = what === "missing" ? "format file does not exist" : "format file does not match";
  return isSince(model.version, "4.3") ? `${text}, try to set a new directory.` : text;
}
