import { Link } from "@tanstack/react-router";
import type { AnswerOf } from "../../../src/api/contract.ts";
import { useFigures } from "../../messages/figures.ts";
import { useText } from "../../messages/text.ts";
import { Facts } from "../../parts/facts.tsx";
import type { Column } from "../../parts/record-table.tsx";
import { Share, Status, type Tone } from "../../parts/status.tsx";
import { instantOfScn, TimeText } from "../../parts/time.tsx";
import { MaybeMicros } from "./data-task-row.tsx";
import { RestoreTaskActions } from "./restore-task-actions.tsx";

type Task = AnswerOf<"listRestoreTasks">["items"][number];

const TONES: Readonly<Record<Task["status"], Tone>> = {
  running: "running",
  succeeded: "good",
  failed: "bad",
  canceled: "quiet",
  lost: "bad",
  unknown: "quiet",
};

export function useRestoreTaskColumns(): readonly Column<Task>[] {
  const text = useText();
  const { duration } = useFigures();
  return [
    { key: "id", title: "ID", render: (task) => <TaskId task={task} /> },
    { key: "sourceCluster", title: text("restore.sourceCluster"), render: (task) => task.sourceCluster },
    { key: "sourceTenant", title: text("restore.sourceTenant"), render: (task) => task.sourceTenant },
    { key: "method", title: text("field.method"), render: () => text("method.physical") },
    { key: "targetCluster", title: text("restore.targetCluster"), render: (task) => task.targetCluster },
    { key: "targetTenant", title: text("restore.targetTenant"), render: (task) => <Target task={task} /> },
    { key: "point", title: text("restore.point"), render: (task) => <Point task={task} /> },
    { key: "started", title: text("field.started"), render: (task) => <MaybeMicros at={task.startedAt} /> },
    { key: "ended", title: text("field.ended"), render: (task) => <MaybeMicros at={task.endedAt} /> },
    {
      key: "took",
      title: text("restore.took"),
      isFigure: true,
      render: (task) =>
        task.startedAt === null || task.endedAt === null
          ? "—"
          : duration((task.endedAt - task.startedAt) / 1e6),
    },
    { key: "status", title: text("field.status"), render: (task) => <RestoreStatus task={task} /> },
    { key: "actions", title: text("task.action"), render: (task) => <RestoreTaskActions task={task} /> },
  ];
}

/** A restore that somebody else started has no operation of ours to open. */
function TaskId({ task }: { readonly task: Task }) {
  if (task.operationId === null) return <code>{task.id}</code>;
  return (
    <Link to="/operations/$id" params={{ id: task.operationId }}>
      <code>{task.id}</code>
    </Link>
  );
}

function Target({ task }: { readonly task: Task }) {
  if (task.status !== "succeeded") return task.targetTenant;
  return (
    <Link to="/tenants/$cluster/$tenant" params={{ cluster: task.targetCluster, tenant: task.targetTenant }}>
      {task.targetTenant}
    </Link>
  );
}

function Point({ task }: { readonly task: Task }) {
  return task.until === null ? "—" : <TimeText at={instantOfScn(task.until)} />;
}

function RestoreStatus({ task }: { readonly task: Task }) {
  const text = useText();
  const word = task.status === "unknown" ? task.statusWord : text(`restoreState.${task.status}`);
  return (
    <div className="status-cell">
      <Status tone={TONES[task.status]}>
        <span title={task.statusWord}>{word}</span>
      </Status>
      {task.status === "running" ? <Share fraction={task.fraction} label={text("field.progress")} /> : null}
      {task.status === "failed" && task.comment ? (
        <p className="status-second gap-words">{task.comment}</p>
      ) : null}
    </div>
  );
}

export function RestoreTaskCard({ task }: { readonly task: Task }) {
  return (
    <>
      <p className="card-title">
        {task.sourceTenant} → <Target task={task} />
      </p>
      <p className="second">
        <Point task={task} />
      </p>
      <RestoreStatus task={task} />
      <RestoreTaskActions task={task} />
    </>
  );
}

export function RestoreTaskDetail({ task }: { readonly task: Task }) {
  const text = useText();
  return (
    <Facts
      facts={[
        {
          label: text("restore.point"),
          value: task.until === null ? "—" : <TimeText at={instantOfScn(task.until)} format="full" />,
        },
        { label: "SCN", value: <code>{task.until ?? "—"}</code> },
        { label: text("field.directory"), value: <code>{task.destinations || "—"}</code> },
        { label: text("task.reportedStatus"), value: <code>{task.statusWord || "—"}</code> },
        { label: text("operation.job"), value: task.jobId ?? "—" },
        ...(task.comment ? [{ label: text("problem.asReported"), value: <code>{task.comment}</code> }] : []),
      ]}
    />
  );
}
