/**
 * The one place where names and texts become SQL. ALTER SYSTEM takes no bind parameters, so everything that Holdfast
 * sends passes here. Sessions are opened with a sql_mode in which a backslash escapes (see session.ts).
 */

/** A tenant's, unit's or pool's name as an identifier. Throws RangeError for an empty name or one with a NUL. */
export function quoteName(name: string): string {
  if (name === "" || name.includes("\0")) {
    throw new RangeError(`not a name that OceanBase could know: ${JSON.stringify(name)}`);
  }
  return `\`${name.toWellFormed().replaceAll("`", "``")}\``;
}

/** A text literal that reads back as the same text. */
export function quoteText(text: string): string {
  return `'${text.toWellFormed().replaceAll("\\", "\\\\").replaceAll("'", "''").replaceAll("\0", "\\0")}'`;
}

/**
 * Seen on 4.2.1.9: DESCRIPTION and destinations are pasted, unescaped, into an inner statement of the kernel, so that a
 * quote in them breaks out of it (1064) however well it was quoted on the way in. So nothing is sent there that ends or escapes a literal, and no blank.
 */
const PLAIN_SIGNATURE = /^[^\s'"`\\\p{C}]{1,128}$/u;

export function quoteSignature(signature: string): string {
  if (!PLAIN_SIGNATURE.test(signature)) {
    throw new RangeError(`not a signature that OceanBase can store: ${JSON.stringify(signature)}`);
  }
  return quoteText(signature);
}
