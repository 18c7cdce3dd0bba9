import { DatePicker } from "@oceanbase/design";
import { useState } from "react";
import { useAnswer } from "../../api.ts";
import { useText } from "../../messages/text.ts";
import { Answered } from "../../parts/answered.tsx";
import { Empty } from "../../parts/empty.tsx";
import { ObservationAge } from "../../parts/observation.tsx";
import { PAGE_ROWS, Paged } from "../../parts/paged.tsx";
import { RecordTable } from "../../parts/record-table.tsx";
import { RestoreTaskCard, RestoreTaskDetail, useRestoreTaskColumns } from "./restore-task-row.tsx";
import type { TenantAnswer } from "./tenant-identity.tsx";

interface Filter {
  readonly from: string;
  readonly to: string;
}

/** 恢复任务 (S21, S22, X3): restores from this tenant and into it, of a chosen time or of all times. */
export function RestoreTasks({ page }: { readonly page: TenantAnswer }) {
  const text = useText();
  const [filter, setFilter] = useState<Filter | null>(null);
  const [at, setAt] = useState(1);
  const columns = useRestoreTaskColumns();
  const tasks = useAnswer("listRestoreTasks", {
    params: { cluster: page.cluster.name, tenant: page.tenant.name },
    query: { ...filter, limit: PAGE_ROWS, offset: (at - 1) * PAGE_ROWS },
  });
  const choose = (chosen: Filter | null) => {
    setFilter(chosen);
    setAt(1);
  };
  return (
    <>
      <div className="table-tools">
        <TimeFilter onChange={choose} />
        <ObservationAge cluster={page.cluster.name} />
      </div>
      <Answered query={tasks} room={160}>
        {({ items, total }) =>
          total === 0 ? (
            <Empty says={text(filter === null ? "restores.none" : "restores.noneThen")} />
          ) : (
            <>
              <RecordTable
                caption={text("tab.restore")}
                columns={columns}
                rows={items}
                isOld={tasks.isPlaceholderData}
                isDense
                keyOf={(row) => row.id}
                renderCard={(row) => <RestoreTaskCard task={row} />}
                renderDetail={(row) => <RestoreTaskDetail task={row} />}
              />
              <Paged total={total} page={at} onPage={setAt} />
            </>
          )
        }
      </Answered>
    </>
  );
}

/** Started between two times of the viewer's zone; cleared, all times. */
function TimeFilter({ onChange }: { readonly onChange: (filter: Filter | null) => void }) {
  const text = useText();
  return (
    <DatePicker.RangePicker
      className="time-filter"
      showTime
      aria-label={text("restores.startedBetween")}
      placeholder={[text("restores.from"), text("restores.to")]}
      onChange={(dates) => {
        const [from, to] = dates ?? [];
        onChange(from && to ? { from: from.toISOString(), to: to.toISOString() } : null);
      }}
    />
  );
}
