import { App } from "@oceanbase/design";
import { Link } from "@tanstack/react-router";
import type { AnswerOf } from "../../../src/api/contract.ts";
import { api } from "../../api.ts";
import { useFigures } from "../../messages/figures.ts";
import { useText } from "../../messages/text.ts";
import { type Fact, Facts } from "../../parts/facts.tsx";
import { Glyph } from "../../parts/glyph.tsx";
import { useLostReason } from "../../parts/observation.tsx";
import { ReasonedButton } from "../../parts/reasoned-button.tsx";
import type { Column } from "../../parts/record-table.tsx";
import { useRefusalMessage } from "../../parts/refusal-message.ts";
import { CodeLines } from "../../parts/statements.tsx";
import { Share, Status, type Tone } from "../../parts/status.tsx";
import { instantOfMicros, instantOfScn, TimeText } from "../../parts/time.tsx";
import type { TenantAnswer } from "./tenant-identity.tsx";

type Task = AnswerOf<"listBackupTasks">["items"][number];

const TONES: Readonly<Record<Task["status"], Tone>> = {
  running: "running",
  canceling: "running",
  completed: "good",
  failed: "bad",
  canceled: "quiet",
  unknown: "quiet",
};

export function useDataTaskColumns(page: TenantAnswer): readonly Column<Task>[] {
  const text = useText();
  return [
    // Until OceanBase has given it a number, a backup that was asked for stands here under a negative one.
    { key: "id", title: "ID", render: (task) => (task.id > 0 ? task.id : "—") },
    { key: "source", title: text("task.source"), render: (task) => <Source task={task} /> },
    { key: "type", title: text("task.type"), render: (task) => <Type task={task} /> },
    { key: "set", title: text("task.set"), render: (task) => (task.setId > 0 ? task.setId : "—") },
    { key: "started", title: text("field.started"), render: (task) => <MaybeMicros at={task.startedAt} /> },
    { key: "ended", title: text("field.ended"), render: (task) => <MaybeMicros at={task.endedAt} /> },
    { key: "status", title: text("field.status"), render: (task) => <TaskStatus task={task} /> },
    { key: "action", title: text("task.action"), render: (task) => <TaskAction task={task} page={page} /> },
  ];
}

/** Whoever asked: an operation of ours is about one tenant; sys without one backs up the cluster's tenants together. */
function Source({ task }: { readonly task: Task }) {
  const text = useText();
  const isWholeCluster = task.startedBySys && task.operationId === null;
  return <span className="unbroken">{text(isWholeCluster ? "source.cluster" : "source.tenant")}</span>;
}

function Type({ task }: { readonly task: Task }) {
  const text = useText();
  return (
    <span className="with-glyph">
      <Glyph name={task.type} size={12} /> {text(`type.${task.type}`)}
    </span>
  );
}

export function MaybeMicros({ at }: { readonly at: number | null }) {
  return at === null ? "—" : <TimeText at={instantOfMicros(at)} />;
}

function TaskStatus({ task }: { readonly task: Task }) {
  const text = useText();
  const { bytes } = useFigures();
  const isOver = task.status !== "running" && task.status !== "canceling";
  const word = task.status === "unknown" ? task.statusWord : text(`job.${task.status}`);
  return (
    <div className="status-cell">
      <Status tone={TONES[task.status]}>
        <span title={task.statusWord}>{word}</span>
      </Status>
      {isOver ? null : <Share fraction={task.progress?.fraction ?? null} label={text("field.progress")} />}
      {!isOver && task.progress ? (
        <p className="status-second">
          {text("field.written", { size: bytes(task.progress.outputBytes) })}
          {task.phaseWord ? ` · ${task.phaseWord}` : ""}
        </p>
      ) : null}
      {task.status === "failed" ? (
        <p className="status-second gap-words">
          {task.comment || text("task.noComment")}
          {task.resultCode === 0 ? "" : ` (${task.resultCode})`}
        </p>
      ) : null}
    </div>
  );
}

interface TaskActionProps {
  readonly task: Task;
  readonly page: TenantAnswer;
}

/** A job that somebody else started can be watched here, not canceled: its operation is not ours. */
function TaskAction({ task, page }: TaskActionProps) {
  const text = useText();
  const params = { cluster: page.cluster.name, tenant: page.tenant.name };
  if (task.operationId === null) return null;
  if (task.status === "running") return <CancelTask id={task.operationId} task={task} page={page} />;
  return (
    <Link to="/tenants/$cluster/$tenant/operations/$id" params={{ ...params, id: task.operationId }}>
      {text(task.status === "failed" ? "action.viewCause" : "action.viewOperation")}
    </Link>
  );
}

function CancelTask({ id, task, page }: TaskActionProps & { readonly id: string }) {
  const text = useText();
  const lost = useLostReason(page.cluster.name);
  const { modal } = App.useApp();
  const refuse = useRefusalMessage();
  const ask = () =>
    modal.confirm({
      title: text("cancelTask.title", { set: task.setId }),
      content: text("cancelTask.consequence"),
      okText: text("operation.cancelIt"),
      cancelText: text("action.goOn"),
      okButtonProps: { danger: true },
      onOk: () => api.call("cancelOperation", { params: { id } }).catch(refuse),
    });
  return (
    <ReasonedButton type="link" size="small" reason={lost} onClick={() => void ask()}>
      {text("action.cancel")}
    </ReasonedButton>
  );
}

export function DataTaskCard({ task, page }: TaskActionProps) {
  const text = useText();
  return (
    <>
      <p className="card-title">
        <Type task={task} /> {task.setId <= 0 ? null : text("field.set", { set: task.setId })}
        <span className="card-action">
          <TaskAction task={task} page={page} />
        </span>
      </p>
      <p className="second">
        <Source task={task} /> · <MaybeMicros at={task.startedAt} />
      </p>
      <TaskStatus task={task} />
    </>
  );
}

export function DataTaskDetail({ task }: { readonly task: Task }) {
  return (
    <>
      <Facts facts={useTaskFacts(task)} />
      {task.statements.length > 0 ? <CodeLines lines={task.statements} /> : null}
    </>
  );
}

function useTaskFacts(task: Task): readonly Fact[] {
  const text = useText();
  const { bytes, duration } = useFigures();
  const took =
    task.startedAt === null || task.endedAt === null ? "—" : duration((task.endedAt - task.startedAt) / 1e6);
  return [
    { label: text("field.method"), value: text("method.physical") },
    {
      label: text("field.restorableInstant"),
      value:
        task.minRestoreScn === null ? "—" : <TimeText at={instantOfScn(task.minRestoreScn)} format="full" />,
    },
    { label: text("field.took"), value: took },
    {
      label: text("task.size"),
      value:
        task.outputBytes === null
          ? "—"
          : text("task.sizeParts", { written: bytes(task.outputBytes), read: bytes(task.inputBytes ?? 0) }),
    },
    { label: "PLUS ARCHIVELOG", value: text(task.plusArchivelog ? "word.yes" : "word.no") },
    { label: text("field.directory"), value: <code>{task.path}</code> },
    { label: text("task.reportedStatus"), value: <code>{task.statusWord}</code> },
    ...(task.comment ? [{ label: text("problem.asReported"), value: <code>{task.comment}</code> }] : []),
    ...(task.description ? [{ label: "DESCRIPTION", value: <code>{task.description}</code> }] : []),
  ];
}
