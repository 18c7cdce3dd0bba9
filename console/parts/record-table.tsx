import { Fragment, type ReactNode, useState } from "react";
import { useText } from "../messages/text.ts";
import { Glyph } from "./glyph.tsx";
import { useIsNarrow } from "./media.ts";

export interface Column<Row> {
  readonly key: string;
  readonly title: string;
  readonly isFigure?: true;
  readonly render: (row: Row) => ReactNode;
}

export interface RecordTableProps<Row> {
  /** What the table lists, for readers. */
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  /** Old rows stay, paler, until the new ones are there. */
  readonly isOld?: boolean;
  /** Many columns: times break into two lines. */
  readonly isDense?: true;
  readonly keyOf: (row: Row) => string;
  /** The same row on a phone. */
  readonly renderCard: (row: Row) => ReactNode;
  /** What the caret opens. */
  readonly renderDetail?: (row: Row) => ReactNode;
  readonly markOf?: (row: Row) => "gap" | undefined;
}

/** A list of records: a table where there is room, cards on a phone. */
export function RecordTable<Row>(props: RecordTableProps<Row>) {
  const isNarrow = useIsNarrow();
  const old = props.isOld ? "is-old" : "";
  if (isNarrow) {
    return (
      <ul className={`cards ${old}`} aria-label={props.caption}>
        {props.rows.map((row) => (
          <CardRow key={props.keyOf(row)} row={row} of={props} />
        ))}
      </ul>
    );
  }
  return (
    <div role="group" className={`table-room ${old}`} aria-label={props.caption} tabIndex={0}>
      <table className={props.isDense ? "records is-dense" : "records"}>
        <caption className="for-readers">{props.caption}</caption>
        <HeadRow of={props} />
        <tbody>
          {props.rows.map((row) => (
            <BodyRow key={props.keyOf(row)} row={row} of={props} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function HeadRow<Row>({ of: { columns, renderDetail } }: { readonly of: RecordTableProps<Row> }) {
  const text = useText();
  return (
    <thead>
      <tr>
        {renderDetail ? (
          <th scope="col" className="caret-cell">
            <span className="for-readers">{text("table.details")}</span>
          </th>
        ) : null}
        {columns.map((column) => (
          <th key={column.key} scope="col" className={column.isFigure ? "figure" : undefined}>
            {column.title}
          </th>
        ))}
      </tr>
    </thead>
  );
}

interface RowProps<Row> {
  readonly row: Row;
  readonly of: RecordTableProps<Row>;
}

function BodyRow<Row>({ row, of }: RowProps<Row>) {
  const [isOpen, setOpen] = useState(false);
  const { columns, renderDetail, markOf } = of;
  return (
    <Fragment>
      <tr className={markOf?.(row) === "gap" ? "on-gap" : undefined}>
        {renderDetail ? (
          <td className="caret-cell">
            <Caret isOpen={isOpen} onToggle={() => setOpen(!isOpen)} of={of.keyOf(row)} />
          </td>
        ) : null}
        {columns.map((column) => (
          <td key={column.key} className={column.isFigure ? "figure" : undefined}>
            {column.render(row)}
          </td>
        ))}
      </tr>
      {renderDetail && isOpen ? (
        <tr className="detail-row">
          <td />
          <td colSpan={columns.length}>{renderDetail(row)}</td>
        </tr>
      ) : null}
    </Fragment>
  );
}

function CardRow<Row>({ row, of }: RowProps<Row>) {
  const [isOpen, setOpen] = useState(false);
  return (
    <li className={of.markOf?.(row) === "gap" ? "card-row on-gap" : "card-row"}>
      <div className="card-main">{of.renderCard(row)}</div>
      {of.renderDetail ? (
        <Caret isOpen={isOpen} onToggle={() => setOpen(!isOpen)} of={of.keyOf(row)} />
      ) : null}
      {of.renderDetail && isOpen ? <div className="card-detail">{of.renderDetail(row)}</div> : null}
    </li>
  );
}

interface CaretProps {
  readonly isOpen: boolean;
  readonly of: string;
  readonly onToggle: () => void;
}

function Caret({ isOpen, of, onToggle }: CaretProps) {
  const text = useText();
  return (
    <button
      type="button"
      className={isOpen ? "bare caret is-open" : "bare caret"}
      aria-expanded={isOpen}
      aria-label={text("table.detailsOf", { of })}
      onClick={onToggle}
    >
      <Glyph name="caret" size={12} />
    </button>
  );
}
