import { useNavigate, useSearch } from "@tanstack/react-router";
import { useAnswer } from "../../api.ts";
import { useText } from "../../messages/text.ts";
import { type Tab, Tabs } from "../../parts/tabs.tsx";
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
  const open = (key: string) =>
    void navigate({
      to: ".",
      search: (before: BackupSearch) => ({ ...before, tab: key }),
      replace: true,
      resetScroll: false,
    });
  return (
    <>
      <RestorableCard page={page} />
      <section className="card tabs-card" aria-label={text("tab.label")}>
        <Tabs label={text("tab.label")} tabs={useTaskTabs(page)} active={tab ?? "data"} onChange={open} />
      </section>
    </>
  );
}

function useTaskTabs(page: TenantAnswer): readonly Tab[] {
  const text = useText();
  return [
    {
      key: "data",
      label: <TabLabel name={text("tab.data")} page={page} route="listBackupTasks" />,
      panel: <DataTasks page={page} />,
    },
    {
      key: "log",
      label: <TabLabel name={text("tab.log")} page={page} route="listArchiveRounds" />,
      panel: <LogTasks page={page} />,
    },
    {
      key: "restore",
      label: <TabLabel name={text("tab.restore")} page={page} route="listRestoreTasks" />,
      panel: <RestoreTasks page={page} />,
    },
  ];
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
