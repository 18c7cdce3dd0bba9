/** A number keeps the digits it was written with: SCNs in JSON exceed what a double can hold. */
export class JsonNumber {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type Json = null | boolean | string | JsonNumber | readonly Json[] | ReadonlyMap<string, Json>;

const TOKEN =
  /\s*(?:([{}[\],:])|"((?:[^"\\]|\\.)*)"|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)|(true|false|null))\s*/y;
const MAX_DEPTH = 100;

/** Undefined when the text is no JSON, or nested deeper than MySQL's 100. */
export function parseJson(text: string): Json | undefined {
  try {
    const parser = new JsonParser(text);
    const value = parser.value(0);
    return parser.atEnd() ? value : undefined;
  } catch (error) {
    if (error instanceof NoJson) return undefined;
    throw error;
  }
}

class NoJson extends Error {}

class JsonParser {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  atEnd(): boolean {
    return this.#at === this.#text.length;
  }

  value(depth: number): Json {
    if (depth > MAX_DEPTH) throw new NoJson();
    const [, symbol, text, number, word] = this.#next();
    if (text !== undefined) return unescape(text);
    if (number !== undefined) return new JsonNumber(number);
    if (word !== undefined) return word === "null" ? null : word === "true";
    if (symbol === "[") return this.#array(depth);
    if (symbol === "{") return this.#object(depth);
    throw new NoJson();
  }

  #next(): RegExpExecArray {
    TOKEN.lastIndex = this.#at;
    const found = TOKEN.exec(this.#text);
    if (!found) throw new NoJson();
    this.#at = TOKEN.lastIndex;
    return found;
  }

  #takes(symbol: string): boolean {
    const before = this.#at;
    if (this.#at < this.#text.length && this.#next()[1] === symbol) return true;
    this.#at = before;
    return false;
  }

  #array(depth: number): Json {
    const items: Json[] = [];
    if (this.#takes("]")) return items;
    do items.push(this.value(depth + 1));
    while (this.#takes(","));
    if (!this.#takes("]")) throw new NoJson();
    return items;
  }

  #object(depth: number): Json {
    const members = new Map<string, Json>();
    if (this.#takes("}")) return members;
    do {
      const key = this.#next()[2];
      if (key === undefined || !this.#takes(":")) throw new NoJson();
      members.set(unescape(key), this.value(depth + 1));
    } while (this.#takes(","));
    if (!this.#takes("}")) throw new NoJson();
    return members;
  }
}

const ESCAPED: Record<string, string> = { n: "\n", t: "\t", r: "\r", b: "\b", f: "\f" };

function unescape(text: string): string {
  if (!text.includes("\\")) return text;
  return text.replace(/\\(?:u([0-9a-fA-F]{4})|(.))/gs, (_, hex: string | undefined, char: string) =>
    hex === undefined ? (ESCAPED[char] ?? char) : String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

/** As MySQL prints it: a blank behind commas and colons, keys by length, then by bytes. */
export function jsonText(value: Json): string {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "string") return JSON.stringify(value);
  if (value instanceof JsonNumber) return value.text;
  if (value instanceof Map) {
    const keys = [...value.keys()].toSorted(byLengthThenBytes);
    return `{${keys.map((key) => `${JSON.stringify(key)}: ${jsonText(value.get(key) ?? null)}`).join(", ")}}`;
  }
  return isArray(value) ? `[${value.map(jsonText).join(", ")}]` : "null";
}

export const isArray = (value: Json): value is readonly Json[] => Array.isArray(value);
export const isObject = (value: Json): value is ReadonlyMap<string, Json> => value instanceof Map;

function byLengthThenBytes(a: string, b: string): number {
  return Buffer.byteLength(a) - Buffer.byteLength(b) || Buffer.compare(Buffer.from(a), Buffer.from(b));
}

/** A member is told from the wildcards by its leading point: `.name`, `[*]`, `.*`. */
export type Step = string | number;

/** `$.a."b c"[0]`, and `[*]` and `.*`; undefined for a path of another form. */
export function parsePath(path: string): readonly Step[] | undefined {
  const steps: Step[] = [];
  const pattern =
    /\s*(?:\.\s*(?:([A-Za-z_$\u0080-\uffff][\w$\u0080-\uffff]*)|"((?:[^"\\]|\\.)*)"|(\*))|\[\s*(?:(\d+)|(\*))\s*\])\s*/y;
  if (!/^\s*\$/.test(path)) return undefined;
  pattern.lastIndex = path.indexOf("$") + 1;
  while (pattern.lastIndex < path.length) {
    const found = pattern.exec(path);
    if (!found) return undefined;
    const [, name, quoted, anyKey, index, anyItem] = found;
    if (anyKey ?? anyItem) steps.push(anyKey ? ".*" : "[*]");
    else steps.push(index === undefined ? `.${name ?? unescape(quoted ?? "")}` : Number(index));
  }
  return steps;
}

/** Everything the path leads to. A scalar counts as an array of itself, as in MySQL. */
export function follow(value: Json, steps: readonly Step[]): Json[] {
  let found: Json[] = [value];
  for (const step of steps) found = found.flatMap((at) => stepInto(at, step));
  return found;
}

function stepInto(value: Json, step: Step): Json[] {
  if (step === "[*]") return isArray(value) ? [...value] : [];
  if (step === ".*") return isObject(value) ? [...value.values()] : [];
  if (typeof step === "number") {
    if (isArray(value)) return step < value.length ? [value[step] ?? null] : [];
    return step === 0 ? [value] : [];
  }
  if (!isObject(value) || !value.has(step.slice(1))) return [];
  return [value.get(step.slice(1)) ?? null];
}

export const hasWildcard = (steps: readonly Step[]) => steps.includes("[*]") || steps.includes(".*");

export function jsonType(value: Json): string {
  if (value === null) return "NULL";
  if (typeof value === "boolean") return "BOOLEAN";
  if (typeof value === "string") return "STRING";
  if (value instanceof JsonNumber) return /^-?\d+$/.test(value.text) ? "INTEGER" : "DOUBLE";
  return isArray(value) ? "ARRAY" : "OBJECT";
}

export function contains(target: Json, candidate: Json): boolean {
  if (isArray(target)) {
    if (isArray(candidate)) return candidate.every((item) => target.some((own) => contains(own, item)));
    return target.some((own) => contains(own, candidate));
  }
  if (isObject(target) && isObject(candidate)) {
    return [...candidate].every(([key, item]) => target.has(key) && contains(target.get(key) ?? null, item));
  }
  return jsonText(target) === jsonText(candidate);
}
