import type { ReactNode } from "react";
import { useFigures } from "../../messages/figures.ts";
import { useText } from "../../messages/text.ts";
import { Glyph } from "../../parts/glyph.tsx";
import { useObservation } from "../../parts/observation.tsx";
import { Status } from "../../parts/status.tsx";
import { instantOfMicros, instantOfScn, SECOND, TimeText, useNowMs } from "../../parts/time.tsx";
import type { TenantAnswer } from "./tenant-identity.tsx";

interface FieldProps {
  readonly label: string;
  readonly value: ReactNode;
  /** The context: which set, which round, how old. */
  readonly second: ReactNode;
}

function Field({ label, value, second }: FieldProps) {
  return (
    <div className="field">
      <dt>{label}</dt>
      <dd className="field-value">{value}</dd>
      <dd className="field-second">{second}</dd>
    </div>
  );
}

/**
 * Without a policy the block has exactly the three fields that always exist (S11, S14, S15 of S25). Method, size and log
 * delay are known all the same: they stand in the second lines, under their own names.
 */
export function FactBlock({ page }: { readonly page: TenantAnswer }) {
  const level = useObservation(page.cluster.name)?.level ?? "fresh";
  return (
    <dl className={`card fact-block seen-${level}`}>
      <StatusField page={page} />
      <LastBackupField page={page} />
      <CheckpointField page={page} />
    </dl>
  );
}

function StatusField({ page }: { readonly page: TenantAnswer }) {
  const text = useText();
  const isLost = useObservation(page.cluster.name)?.level === "lost";
  const word = text("policyState.none");
  return (
    <Field
      label={text("field.status")}
      value={<Status tone="quiet">{isLost ? text("field.unknownLast", { last: word }) : word}</Status>}
      second={
        page.hasBackups
          ? `${text("field.method")} ${text("method.physical")}`
          : text("field.noPolicyAnywhere")
      }
    />
  );
}

function LastBackupField({ page }: { readonly page: TenantAnswer }) {
  const text = useText();
  const { age, bytes } = useFigures();
  const nowMs = useNowMs();
  const last = page.lastDataBackup;
  const size = bytes(page.files.dataBytes + page.files.logBytes);
  if (!last) {
    return (
      <Field
        label={text("field.lastDataBackup")}
        value={<span className="pale">{text("field.never")}</span>}
        second={page.hasBackups ? text("field.noneSucceeded") : text("field.neverBackedUp")}
      />
    );
  }
  const ageSeconds = nowMs / 1000 - Number(instantOfScn(last.at) / SECOND);
  return (
    <Field
      label={text("field.lastDataBackup")}
      value={<TimeText at={instantOfScn(last.at)} />}
      second={
        <>
          <Glyph name={last.type} size={11} /> {text(`type.${last.type}`)} ·{" "}
          {text("field.set", { set: last.setId })} · {age(ageSeconds)} · {text("field.files")}{" "}
          <span
            title={text("field.filesParts", {
              data: bytes(page.files.dataBytes),
              log: bytes(page.files.logBytes),
            })}
          >
            {size}
          </span>
          <FailedSince page={page} />
        </>
      }
    />
  );
}

/** That the newest attempt failed, beside the last one that did not: nobody must open a list to know. */
function FailedSince({ page }: { readonly page: TenantAnswer }) {
  const text = useText();
  const attempt = page.lastAttempt;
  if (attempt?.status !== "failed") return null;
  return (
    <span className="failed-since gap-words" title={attempt.comment || undefined}>
      {text("field.lastAttemptFailed", { set: attempt.setId })}{" "}
      {attempt.endedAt === null ? null : <TimeText at={instantOfMicros(attempt.endedAt)} />}
    </span>
  );
}

function CheckpointField({ page }: { readonly page: TenantAnswer }) {
  const text = useText();
  const { log } = page;
  return (
    <Field
      label={text("field.logCheckpoint")}
      value={
        log.checkpoint === null ? (
          <span className="pale">{text("field.never")}</span>
        ) : (
          <TimeText at={instantOfScn(log.checkpoint)} />
        )
      }
      second={
        log.roundId === null ? (
          text("field.logNotStarted")
        ) : (
          <RoundContext log={log} cluster={page.cluster.name} />
        )
      }
    />
  );
}

interface RoundContextProps {
  readonly log: TenantAnswer["log"];
  readonly cluster: string;
}

function RoundContext({ log, cluster }: RoundContextProps) {
  const text = useText();
  const level = useObservation(cluster)?.level ?? "fresh";
  const { duration } = useFigures();
  const round = text("field.round", { round: log.roundId ?? "" });
  const word = log.status && log.status !== "unknown" ? text(`round.${log.status}`) : log.statusWord;
  const delay =
    log.status === "doing" && log.delaySeconds !== null
      ? ` · ${text("field.logDelay")} ${duration(log.delaySeconds)}`
      : "";
  const last = `${word}${delay}`;
  return (
    <span className={log.status === "interrupted" ? "gap-words" : undefined} title={log.comment || undefined}>
      {round} · {level === "fresh" ? last : text("field.unknownLast", { last })}
    </span>
  );
}
