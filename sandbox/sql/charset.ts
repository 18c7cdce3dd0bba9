import { notSupported } from "./errors.ts";

/*
 * Every text of the sandbox is utf8mb4, compared by its bytes or without the case of ASCII letters. A charset that cuts or
 * counts otherwise and a collation that orders otherwise would be answered wrongly, so they are refused.
 */
const CHARSETS = ["utf8mb4", "utf8", "utf8mb3", "binary"];
const COLLATIONS = /^(binary|utf8(mb4|mb3)?_(general_ci|bin))$/;

/** Throws 1235 for a charset that OceanBase may know and the sandbox does not keep. */
export function requireCharset(name: string): void {
  if (!CHARSETS.includes(name.toLowerCase())) throw notSupported(`character set ${name}`);
}

/** The name in small letters. Throws 1235. */
export function requireCollation(name: string): string {
  const collation = name.toLowerCase();
  if (!COLLATIONS.test(collation)) throw notSupported(`collation ${name}`);
  return collation;
}
