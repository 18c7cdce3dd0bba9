import { Tabs } from "@oceanbase/design";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useAnswer } from "../../api.ts";
import { useText } from "../../messages/text.ts";
import type { BackupSearch } from "../../parts/time-range.ts";
import { DataTasks } from "./data-tasks.tsx";
import { LogTasks } from "./log-tasks.tsx";
import { RestorableCard } from "./restorable-card.tsx";
import { RestoreTasks } from "./restore-tasks.tsx";
import type { TenantAnswer } from "./tenant-identity.tsx";

/** Face 2: what can be restored, then what was done for it. */
export function FaceBackups({ page }: { readonly page: TenantAnswer }) {
  const text = useText();
  const navigate = useNavigate();
  const { tab } = useSearch({ strict: false });
  const items = [
    {
      key: "data",
      label: <TabLabel name={text("tab.data")} page={page} route="listBackupTasks" />,
      children: <DataTasks page={page} />,
    },
    {
      key: "log",
      label: <TabLabel name={text("tab.log")} page={page} route="listArchiveRounds" />,
      children: <LogTasks page={page} />,
    },
    {
      key: "restore",
      label: <TabLabel name={text("tab.restore")} page={page} route="listRestoreTasks" />,
      children: <RestoreTasks page={page} />,
    },
  ];
  const active = items.find((item) => item.key === tab)?.key ?? "data";
  return (
    <>
      <RestorableCard page={page} />
      <section className="card tabs-card">
        <Tabs
          activeKey={active}
          onChange={(key) =>
            void navigate({
              to: ".",
              search: (before: BackupSearch) => ({ ...before, tab: key }),
              replace: true,
              resetScroll: false,
            })
          }
          items={items}
        />
      </section>
    </>
  );
}

interface TabLabelProps {
  readonly name: string;
  readonly page: TenantAnswer;
  readonly route: "listBackupTasks" | "listArchiveRounds" | "listRestoreTasks";
}

function TabLabel({ name, page, route }: TabLabelProps) {
  const params = { cluster: page.cluster.name, tenant: page.tenant.name };
  const total = useAnswer(route, { params, query: { limit: 1 } }).data?.total;
  return (
    <>
      {name} {total === undefined ? null : <span className="count">{total}</span>}
    </>
  );
}
