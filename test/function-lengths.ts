export interface FunctionLength {
  readonly name: string;
  readonly lines: number;
}

const HEAD =
  /^(\s*)(?:export )?(?:(?:async )?function\*? (\w+)|(?:const|let) (\w+) = (?:async )?(?:\([^)]*\)|\w+)(?:: [^=]+)? => [{(]?$|(?:(?:private|static|async|override|get|set) )*\*?(#?\w+)\(.*\{$)/;
const WORDS = new Set(["if", "for", "while", "switch", "catch", "return", "else", "do", "test", "expect"]);

/**
 * Lengths of the named functions of a formatted source: a function ends at the first line that is indented like its head
 * and begins with a closing bracket. Exact for code that the formatter has laid out.
 */
export function functionLengths(text: string): readonly FunctionLength[] {
  const lines = text.split("\n");
  return lines.flatMap((line, start) => {
    const match = HEAD.exec(line);
    const name = match?.[2] ?? match?.[3] ?? match?.[4];
    if (!match || !name || WORDS.has(name)) return [];
    const indent = match[1] ?? "";
    const end = lines.findIndex(
      (each, at) =>
        at > start &&
        each.startsWith(indent) &&
        /^[})\]]/.test(each.slice(indent.length)) &&
        !each.endsWith("{"),
    );
    return end < 0 ? [] : [{ name, lines: end - start + 1 }];
  });
}
