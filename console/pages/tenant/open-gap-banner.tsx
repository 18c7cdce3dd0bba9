import { useState } from "react";
import { useFigures } from "../../messages/figures.ts";
import { isAlarming, useCauseText, useCureText } from "../../messages/gap-cause.ts";
import { useText } from "../../messages/text.ts";
import { Glyph } from "../../parts/glyph.tsx";
import { ReasonedButton } from "../../parts/reasoned-button.tsx";
import { instantOfScn, SECOND, TimeText, useNowMs } from "../../parts/time.tsx";
import { useArchiveSwitch } from "./archive-switch.tsx";
import type { OpenForm } from "./backup.tsx";
import { useRefusals } from "./refusals.ts";
import type { TenantAnswer } from "./tenant-identity.tsx";

type GapCause = NonNullable<TenantAnswer["verdict"]["openGap"]>["cause"];

interface OpenGapBannerProps {
  readonly page: TenantAnswer;
  /** Opens the form that helps; absent on a page without forms, which then leaves the way to it to its reader. */
  readonly open?: (form: OpenForm) => void;
}

/** The loudest thing of the page: a gap that grows until somebody acts. It can be acknowledged, not dismissed. */
export function OpenGapBanner({ page, open }: OpenGapBannerProps) {
  const text = useText();
  const { duration } = useFigures();
  const causeText = useCauseText();
  const cureText = useCureText();
  const nowMs = useNowMs();
  const [acknowledged, acknowledge] = useState<string | null>(null);
  const gap = page.verdict.openGap;
  if (!gap || !page.hasBackups || !isAlarming(gap.cause)) return null;
  const from = instantOfScn(gap.from);
  const seconds = nowMs / 1000 - Number(from / SECOND);
  const isQuiet = acknowledged === gap.from;
  return (
    <section className={isQuiet ? "open-gap is-quiet" : "open-gap"} role={isQuiet ? "note" : "alert"}>
      <Glyph name="failed" size={16} />
      <div>
        <p className="open-gap-first">
          {text("openGap.growing", { cause: causeText(gap.cause), length: duration(seconds) })}
        </p>
        {isQuiet ? null : (
          <p>
            {text("openGap.since")} <TimeText at={from} withOffset />
            {" · "}
            {cureText(cureFor(page, gap.cause))}
          </p>
        )}
      </div>
      {isQuiet ? null : (
        <div className="buttons">
          {gap.cause.kind.startsWith("archive-") ? (
            <SwitchArchive page={page} />
          ) : open ? (
            <BackUp page={page} open={open} />
          ) : null}
          <button type="button" className="as-link" onClick={() => acknowledge(gap.from)}>
            {text("openGap.acknowledge")}
          </button>
        </div>
      )}
    </section>
  );
}

/** A round that was interrupted and is stopped by now needs no second stop. */
function cureFor(page: TenantAnswer, cause: GapCause): GapCause {
  const isOver = cause.kind === "archive-interrupted" && page.actions.stopArchive.refusedBy !== null;
  return isOver ? { ...cause, kind: "archive-stopped" } : cause;
}

function BackUp({ page, open }: Required<OpenGapBannerProps>) {
  const text = useText();
  const refusal = useRefusals(page.cluster.name);
  return (
    <ReasonedButton danger reason={refusal(page.actions.backUp)} onClick={() => open("backup")}>
      {text("action.backUpNow")}
    </ReasonedButton>
  );
}

/** An interrupted round has to be stopped before another can start. */
function SwitchArchive({ page }: { readonly page: TenantAnswer }) {
  const text = useText();
  const refusal = useRefusals(page.cluster.name);
  const archive = useArchiveSwitch(page);
  const { startArchive, stopArchive } = page.actions;
  if (startArchive.refusedBy !== null && stopArchive.refusedBy === null) {
    return (
      <ReasonedButton danger reason={refusal(stopArchive)} onClick={archive.stop}>
        {text("action.stopArchive")}
      </ReasonedButton>
    );
  }
  return (
    <ReasonedButton danger reason={refusal(startArchive)} onClick={archive.start}>
      {text("action.startArchive")}
    </ReasonedButton>
  );
}
