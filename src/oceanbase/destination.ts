import { Problem } from "../domain/problem.ts";

export type Medium = "file" | "oss" | "cos" | "s3";

/** A backup destination taken apart: `oss://bucket/dir?host=…&access_id=…&access_key=…`, `file:///absolute/path`. */
export interface Destination {
  readonly medium: Medium;
  /** What stands between `://` and `?`: bucket and directory, or the absolute path of a file destination. */
  readonly location: string;
  /** In the order written. Values are taken as they stand: OceanBase does not decode them. */
  readonly parameters: readonly (readonly [key: string, value: string])[];
}

const MEDIA: Readonly<Record<string, Medium>> = { file: "file", oss: "oss", cos: "cos", s3: "s3" };

/**
 * Quotes and backslashes: pasted unescaped into an inner statement (seen on 4.2.1.9: 1064, or a path stored without its
 * backslash). Blanks end the value inside LOG_ARCHIVE_DEST, commas part the paths of RESTORE … FROM.
 */
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const UNSENDABLE = /[\s'"`\\,\u0000-\u001f\u007f]/;

/** Throws Problem `destination-refused`, secrets masked. */
export function parseDestination(uri: string): Destination {
  const match = /^([a-z0-9]+):\/\/([^?]*)(?:\?(.*))?$/s.exec(uri);
  const medium = MEDIA[match?.[1] ?? ""];
  const location = match?.[2] ?? "";
  const query = match?.[3];
  if (!medium || location === "")
    throw refused(uri, "is not of the form file:///…, oss://…, cos://… or s3://…");
  if (UNSENDABLE.test(uri)) throw refused(uri, "holds a blank, comma, quote or backslash");
  if (medium === "file") assertFilePath(uri, location, query);
  if (query !== undefined && /(?:^|&)encrypt_key=/i.test(query)) {
    throw refused(uri, "holds encrypt_key, the stored form of a key, instead of access_key");
  }
  return { medium, location, parameters: query === undefined ? [] : query.split("&").map(readParameter) };
}

export function destinationUri(destination: Destination): string {
  const query = destination.parameters
    .map(([key, value]) => (value === "" ? key : `${key}=${value}`))
    .join("&");
  return `${destination.medium}://${destination.location}${query === "" ? "" : `?${query}`}`;
}

/** The value of LOG_ARCHIVE_DEST. Every SET replaces all of its items, so all are named. */
export function archiveDestinationValue(uri: string): string {
  return `LOCATION=${destinationUri(parseDestination(uri))} BINDING=Optional PIECE_SWITCH_INTERVAL=1d`;
}

/**
 * Masks the values of access_id, access_key and encrypt_key wherever they stand in a text: destinations, comments,
 * error messages.
 */
export function maskSecrets(text: string): string {
  return text.replaceAll(/\b(access_id|access_key|encrypt_key)(\s*=\s*)[^&\s,'"]*/gi, "$1$2******");
}

function readParameter(part: string): readonly [string, string] {
  const equals = part.indexOf("=");
  return equals < 0 ? [part, ""] : [part.slice(0, equals), part.slice(equals + 1)];
}

/**
 * Seen on 4.2.1.9: `file://a/b` is accepted and means a directory below the observer's own, and what follows a `?` is
 * cut off without a word. Both are refused here.
 */
function assertFilePath(uri: string, location: string, query: string | undefined): void {
  if (!location.startsWith("/"))
    throw refused(uri, "is not absolute: three slashes, as in file:///backup/data");
  if (query !== undefined) throw refused(uri, "holds a ?, which OceanBase cuts off with what follows");
}

function refused(uri: string, reason: string): Problem {
  const shown = maskSecrets(uri);
  return new Problem("destination-refused", {
    found: `The destination ${JSON.stringify(shown)} ${reason}.`,
    remedy:
      "Give an absolute file:///path that every server of the cluster can write, or an oss://, cos:// or s3:// address.",
    values: { uri: shown },
  });
}
