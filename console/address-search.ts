/**
 * What stands behind the `?` of an address, as texts alone. The router's own reading makes numbers of digits, and an SCN
 * loses its last ones as a number. Quotes around a value are taken off: the router's own writing puts them there.
 */
export function readAddressSearch(search: string): Record<string, string> {
  const entries = [...new URLSearchParams(search)].map(([name, value]) => [name, unquoted(value)] as const);
  return Object.fromEntries(entries);
}

export function writeAddressSearch(search: Readonly<Record<string, unknown>>): string {
  const written = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    if (typeof value === "string") written.set(name, value);
  }
  const text = written.toString();
  return text === "" ? "" : `?${text}`;
}

function unquoted(value: string): string {
  return /^"(.*)"$/.exec(value)?.[1] ?? value;
}
