import { App, Button } from "@oceanbase/design";
import { useText } from "../messages/text.ts";
import { Glyph } from "./glyph.tsx";

interface StatementsProps {
  readonly title: string;
  readonly lines: readonly string[];
  /** What the copy button is called. */
  readonly copyLabel: string;
}

/** Words that a DBA could send by hand, as they are, with a button to copy them. */
export function Statements({ title, lines, copyLabel }: StatementsProps) {
  const text = useText();
  const { message } = App.useApp();
  const copy = async () => {
    await navigator.clipboard.writeText(lines.join("\n"));
    void message.success(text("copy.done"));
  };
  return (
    <section className="statements">
      <header>
        <h3>{title}</h3>
        <Button size="small" onClick={() => void copy()}>
          <Glyph name="copy" /> {copyLabel}
        </Button>
      </header>
      <CodeLines lines={lines} />
    </section>
  );
}

const TOKENS = /('(?:[^'\\]|\\.|'')*')|\b([A-Z]{2,}(?:_[A-Z]+)*)\b/g;

export function CodeLines({ lines }: { readonly lines: readonly string[] }) {
  return (
    <pre className="code" tabIndex={0}>
      {lines.map((line, index) => (
        <code key={`${index}-${line}`}>{colored(line)}</code>
      ))}
    </pre>
  );
}

/** Strings and upper-case words get a colour; that is enough to read a statement by. */
function colored(line: string) {
  const pieces = [];
  let from = 0;
  for (const match of line.matchAll(TOKENS)) {
    pieces.push(line.slice(from, match.index));
    pieces.push(
      <span key={match.index} className={match[1] ? "code-string" : "code-keyword"}>
        {match[0]}
      </span>,
    );
    from = match.index + match[0].length;
  }
  return [...pieces, line.slice(from)];
}
