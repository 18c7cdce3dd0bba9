import { useState } from "react";
import type { AnswerOf } from "../../../src/api/contract.ts";
import { useAnswer } from "../../api.ts";
import { useFigures } from "../../messages/figures.ts";
import { useText } from "../../messages/text.ts";
import { Answered } from "../../parts/answered.tsx";
import { Empty } from "../../parts/empty.tsx";
import { Facts } from "../../parts/facts.tsx";
import { ObservationAge, useObservation } from "../../parts/observation.tsx";
import { PAGE_ROWS, Paged } from "../../parts/paged.tsx";
import { ReasonedButton } from "../../parts/reasoned-button.tsx";
import { type Column, RecordTable } from "../../parts/record-table.tsx";
import { Status, type Tone } from "../../parts/status.tsx";
import { instantOfScn, TimeText } from "../../parts/time.tsx";
import { useArchiveSwitch } from "./archive-switch.tsx";
import { MaybeMicros } from "./data-task-row.tsx";
import { useRefusals } from "./refusals.ts";
import type { TenantAnswer } from "./tenant-identity.tsx";

type Round = AnswerOf<"listArchiveRounds">["items"][number];

const TONES: Readonly<Record<Round["status"], Tone>> = {
  preparing: "running",
  beginning: "running",
  doing: "good",
  interrupted: "bad",
  suspending: "warning",
  suspended: "warning",
  stopping: "warning",
  stopped: "quiet",
  unknown: "quiet",
};

/** 日志备份任务 (X2): every round, an interrupted one the loudest, with what OceanBase says of it. */
export function LogTasks({ page }: { readonly page: TenantAnswer }) {
  const text = useText();
  const [at, setAt] = useState(1);
  const columns = useRoundColumns(page);
  const rounds = useAnswer("listArchiveRounds", {
    params: { cluster: page.cluster.name, tenant: page.tenant.name },
    query: { limit: PAGE_ROWS, offset: (at - 1) * PAGE_ROWS },
  });
  return (
    <>
      <div className="table-tools">
        <ArchiveButtons page={page} />
        <ObservationAge cluster={page.cluster.name} />
      </div>
      <Answered query={rounds} room={160}>
        {({ items, total }) =>
          total === 0 ? (
            <Empty says={text("rounds.none")} />
          ) : (
            <>
              <RecordTable
                caption={text("tab.log")}
                columns={columns}
                rows={items}
                isOld={rounds.isPlaceholderData}
                keyOf={(row) => `${row.destId}/${row.id}`}
                renderCard={(row) => <RoundCard round={row} />}
                renderDetail={(row) => <RoundDetail round={row} />}
                markOf={(row) => (row.interruption === null ? undefined : "gap")}
              />
              <Paged total={total} page={at} onPage={setAt} />
            </>
          )
        }
      </Answered>
    </>
  );
}

function ArchiveButtons({ page }: { readonly page: TenantAnswer }) {
  const text = useText();
  const refusal = useRefusals(page.cluster.name);
  const archive = useArchiveSwitch(page);
  return (
    <div className="buttons">
      <ReasonedButton reason={refusal(page.actions.startArchive)} onClick={archive.start}>
        {text("action.start")}
      </ReasonedButton>
      <ReasonedButton reason={refusal(page.actions.stopArchive)} onClick={archive.stop}>
        {text("action.stop")}
      </ReasonedButton>
    </div>
  );
}

function useRoundColumns(page: TenantAnswer): readonly Column<Round>[] {
  const text = useText();
  const { duration } = useFigures();
  const isFresh = (useObservation(page.cluster.name)?.level ?? "fresh") === "fresh";
  return [
    { key: "round", title: text("round.id"), render: (round) => round.id },
    { key: "method", title: text("field.method"), render: () => text("method.physical") },
    { key: "started", title: text("field.started"), render: (round) => <MaybeMicros at={round.startedAt} /> },
    { key: "checkpoint", title: text("round.checkpoint"), render: (round) => <Checkpoint round={round} /> },
    {
      key: "delay",
      title: text("round.delay"),
      isFigure: true,
      render: (round) =>
        isFresh && round.status === "doing" && page.log.roundId === round.id && page.log.delaySeconds !== null
          ? duration(page.log.delaySeconds)
          : "—",
    },
    { key: "directory", title: text("field.directory"), render: (round) => <code>{round.path}</code> },
    { key: "status", title: text("field.status"), render: (round) => <RoundStatus round={round} /> },
  ];
}

function Checkpoint({ round }: { readonly round: Round }) {
  return round.checkpointScn === "0" ? "—" : <TimeText at={instantOfScn(round.checkpointScn)} />;
}

function RoundStatus({ round }: { readonly round: Round }) {
  const text = useText();
  const reported = round.interruption || round.comment;
  return (
    <div className="status-cell">
      <Status tone={round.interruption === null ? TONES[round.status] : "bad"}>
        <span title={round.statusWord}>{roundWord(round, text)}</span>
      </Status>
      {reported ? <p className="status-second gap-words">{reported}</p> : null}
    </div>
  );
}

/** OceanBase forgets an interruption as soon as the round is stopped; the gap that it made stays. */
function roundWord({ status, statusWord, interruption }: Round, text: ReturnType<typeof useText>): string {
  if (status === "unknown") return statusWord;
  return text(
    status === "stopped" && interruption !== null ? "round.interruptedThenStopped" : `round.${status}`,
  );
}

function RoundCard({ round }: { readonly round: Round }) {
  const text = useText();
  return (
    <>
      <p className="card-title">{text("field.round", { round: round.id })}</p>
      <p className="second">
        <MaybeMicros at={round.startedAt} /> → <Checkpoint round={round} />
      </p>
      <RoundStatus round={round} />
    </>
  );
}

function RoundDetail({ round }: { readonly round: Round }) {
  const text = useText();
  const { bytes } = useFigures();
  const reported = round.interruption || round.comment;
  return (
    <Facts
      facts={[
        {
          label: text("round.range"),
          value:
            round.startScn === "0" ? (
              "—"
            ) : (
              <>
                <TimeText at={instantOfScn(round.startScn)} format="full" /> → <Checkpoint round={round} />
              </>
            ),
        },
        {
          label: text("task.size"),
          value: text("task.sizeParts", { written: bytes(round.outputBytes), read: bytes(round.inputBytes) }),
        },
        { label: text("field.directory"), value: <code>{round.path}</code> },
        { label: text("task.reportedStatus"), value: <code>{round.statusWord}</code> },
        ...(reported ? [{ label: text("problem.asReported"), value: <code>{reported}</code> }] : []),
      ]}
    />
  );
}
