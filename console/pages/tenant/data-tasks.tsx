import { Segmented } from "@oceanbase/design";
import { useState } from "react";
import { useAnswer } from "../../api.ts";
import { useText } from "../../messages/text.ts";
import { Answered } from "../../parts/answered.tsx";
import { Empty } from "../../parts/empty.tsx";
import { ObservationAge } from "../../parts/observation.tsx";
import { PAGE_ROWS, Paged } from "../../parts/paged.tsx";
import { RecordTable } from "../../parts/record-table.tsx";
import { DataTaskCard, DataTaskDetail, useDataTaskColumns } from "./data-task-row.tsx";
import type { TenantAnswer } from "./tenant-identity.tsx";

const STATES = ["all", "running", "failed"] as const;
type State = (typeof STATES)[number];

/** 数据备份任务 (X1): cause and progress stand in the status cell, so nobody must open a row to know. */
export function DataTasks({ page }: { readonly page: TenantAnswer }) {
  const text = useText();
  const [state, setState] = useState<State>("all");
  const [at, setAt] = useState(1);
  const columns = useDataTaskColumns(page);
  const tasks = useAnswer("listBackupTasks", {
    params: { cluster: page.cluster.name, tenant: page.tenant.name },
    query: { state, limit: PAGE_ROWS, offset: (at - 1) * PAGE_ROWS },
  });
  const choose = (chosen: State) => {
    setState(chosen);
    setAt(1);
  };
  return (
    <>
      <div className="table-tools">
        <StateFilter page={page} state={state} onChange={choose} />
        <ObservationAge cluster={page.cluster.name} />
      </div>
      <Answered query={tasks} room={320}>
        {({ items, total }) =>
          total === 0 ? (
            <NoTasks state={state} onClear={() => choose("all")} />
          ) : (
            <>
              <RecordTable
                caption={text("tab.data")}
                columns={columns}
                rows={items}
                isOld={tasks.isPlaceholderData}
                keyOf={(row) => String(row.id)}
                renderCard={(row) => <DataTaskCard task={row} page={page} />}
                renderDetail={(row) => <DataTaskDetail task={row} />}
              />
              <Paged total={total} page={at} onPage={setAt} />
            </>
          )
        }
      </Answered>
    </>
  );
}

interface StateFilterProps {
  readonly page: TenantAnswer;
  readonly state: State;
  readonly onChange: (state: State) => void;
}

function StateFilter({ page, state, onChange }: StateFilterProps) {
  const text = useText();
  const params = { cluster: page.cluster.name, tenant: page.tenant.name };
  const running = useAnswer("listBackupTasks", { params, query: { state: "running", limit: 1 } });
  const failed = useAnswer("listBackupTasks", { params, query: { state: "failed", limit: 1 } });
  const counts = { all: undefined, running: running.data?.total, failed: failed.data?.total };
  return (
    <Segmented
      value={state}
      onChange={(chosen) => onChange(STATES.find((option) => option === chosen) ?? "all")}
      options={STATES.map((option) => ({
        value: option,
        label: counts[option]
          ? `${text(`tasks.filter.${option}`)} ${counts[option]}`
          : text(`tasks.filter.${option}`),
      }))}
    />
  );
}

function NoTasks({ state, onClear }: { readonly state: State; readonly onClear: () => void }) {
  const text = useText();
  if (state === "all") return <Empty says={text("tasks.none")} />;
  return (
    <Empty says={text("tasks.noneFiltered")}>
      <button type="button" className="as-link" onClick={onClear}>
        {text("action.clearFilter")}
      </button>
    </Empty>
  );
}
