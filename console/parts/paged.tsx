import { Pagination } from "@oceanbase/design";
import { useText } from "../messages/text.ts";

export const PAGE_ROWS = 10;

interface PagedProps {
  readonly total: number;
  /** From 1. */
  readonly page: number;
  readonly onPage: (page: number) => void;
}

/** How many there are, which are shown, and the other pages where there are any. */
export function Paged({ total, page, onPage }: PagedProps) {
  const text = useText();
  if (total === 0) return null;
  const first = (page - 1) * PAGE_ROWS + 1;
  const last = Math.min(total, page * PAGE_ROWS);
  return (
    <div className="paged">
      <span>{text("table.shown", { total, first, last })}</span>
      {total > PAGE_ROWS ? (
        <Pagination
          size="small"
          current={page}
          total={total}
          pageSize={PAGE_ROWS}
          onChange={onPage}
          showSizeChanger={false}
          showTotal={() => null}
        />
      ) : null}
    </div>
  );
}
