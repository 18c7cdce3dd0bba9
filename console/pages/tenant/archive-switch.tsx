import { App } from "@oceanbase/design";
import { api, newRequestId, useAnswer } from "../../api.ts";
import { useFigures } from "../../messages/figures.ts";
import { useText } from "../../messages/text.ts";
import { useRefusalMessage } from "../../parts/refusal-message.ts";
import type { TenantAnswer } from "./tenant-identity.tsx";

interface ArchiveSwitch {
  readonly start: () => void;
  readonly stop: () => void;
}

/** Starts log backup, or stops it after saying what that costs: a hole that only a full backup closes. */
export function useArchiveSwitch(page: TenantAnswer): ArchiveSwitch {
  const text = useText();
  const { modal, message } = App.useApp();
  const refuse = useRefusalMessage();
  const lastFull = useLastFullDuration(page);
  const tenant = page.tenant.name;
  const params = { cluster: page.cluster.name, tenant };
  const send = (route: "startArchive" | "stopArchive", requestId: string) =>
    api
      .call(route, { params, body: { requestId } })
      .then(() => void message.success(text("operation.sent")), refuse);
  return {
    start: () => void send("startArchive", newRequestId()),
    stop: () => {
      const requestId = newRequestId();
      void modal.confirm({
        title: text("stopArchive.title", { tenant }),
        content:
          lastFull === null
            ? text("stopArchive.consequence")
            : text("stopArchive.consequenceTimed", { took: lastFull }),
        okText: text("stopArchive.confirm"),
        cancelText: text("action.cancel"),
        okButtonProps: { danger: true },
        onOk: () => send("stopArchive", requestId),
      });
    },
  };
}

/** How long the newest full backup took, as the person who stops the logs must know; null where none is among the newest. */
function useLastFullDuration(page: TenantAnswer): string | null {
  const { duration } = useFigures();
  const params = { cluster: page.cluster.name, tenant: page.tenant.name };
  const tasks = useAnswer("listBackupTasks", { params, query: { limit: 50 } });
  const full = tasks.data?.items.find((task) => task.type === "full" && task.status === "completed");
  if (!full || full.startedAt === null || full.endedAt === null) return null;
  return duration((full.endedAt - full.startedAt) / 1e6);
}
