import { useText } from "../../messages/text.ts";
import type { InstantRange, RestorableView } from "./restorable-view.ts";
import { type TableRow, tableRows } from "./table-rows.ts";
import type { Words } from "./words.ts";

interface IntervalTableProps {
  readonly view: RestorableView;
  readonly range: InstantRange;
  readonly words: Words;
  readonly onPick: ((at: bigint) => void) | undefined;
}

/** The drawing in words: one row per interval, gap, round and set, in the order of time. */
export function IntervalTable({ view, range, words, onPick }: IntervalTableProps) {
  const text = useText();
  const rows = tableRows(view, range);
  if (rows.length === 0) return <p className="tl-empty">{text("timeline.table.empty")}</p>;
  return (
    <div className="tl-table-scroll">
      <table className="tl-table">
        <thead>
          <tr>
            {(["kind", "from", "to", "length", "details"] as const).map((name) => (
              <th key={name} scope="col">
                {text(`timeline.table.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={`${row.kind} ${row.id}`} {...{ row, words, onPick }} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({
  row,
  words,
  onPick,
}: Pick<IntervalTableProps, "words" | "onPick"> & { readonly row: TableRow }) {
  const pickable =
    row.kind === "interval" ? row.to : row.kind === "set" && row.mark.isRestorable ? row.from : null;
  return (
    <tr className={row.kind === "gap" || row.kind === "set" ? `tl-row-${row.kind}` : undefined}>
      <th scope="row">{kindOf(row, words)}</th>
      <td>{words.instant(row.from)}</td>
      <td>{row.kind === "set" ? "—" : words.instant(row.to)}</td>
      <td>{row.kind === "set" ? "—" : words.length(row)}</td>
      <td>
        {detailsOf(row, words)}
        {onPick && pickable !== null ? (
          <button type="button" className="tl-link" onClick={() => onPick(pickable)}>
            {words.text("timeline.act.restore")}
          </button>
        ) : null}
      </td>
    </tr>
  );
}

function kindOf(row: TableRow, { text }: Words): string {
  if (row.kind === "pending") return text("timeline.legend.unknown");
  return text(row.kind === "gap" ? "timeline.gap" : `timeline.table.${row.kind}`);
}

function detailsOf(row: TableRow, words: Words): string {
  const { text } = words;
  if (row.kind === "interval") {
    return text("timeline.table.interval.details", { setId: row.interval.openedBySetId });
  }
  if (row.kind === "gap" || row.kind === "pending") {
    const { closedBySetId } = row.gap;
    const cause = text("timeline.gap.story", { cause: words.cause(row.gap) });
    return closedBySetId === null
      ? cause
      : `${cause} ${text("timeline.gap.closedBy", { setId: closedBySetId })}`;
  }
  if (row.kind === "set")
    return joined([words.setName(row.mark), setState(row.mark, words), row.mark.comment]);
  const { roundId, interruption, comment } = row.round;
  const reported = interruption || comment;
  return joined([text("timeline.round", { roundId }), words.roundState(row.round), reported]);
}

function joined(parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join(" · ");
}

function setState(
  { isRestorable, status }: { isRestorable: boolean; status: string },
  { text }: Words,
): string {
  if (isRestorable) return text("timeline.setState.restorable");
  if (status === "failed" || status === "running") return text(`timeline.setState.${status}`);
  return text("timeline.setState.notRestorable");
}
