import { useState } from "react";
import { useFigures } from "../../messages/figures.ts";
import { isAlarming, useCauseText, useCureText } from "../../messages/gap-cause.ts";
import { useText } from "../../messages/text.ts";
import { Glyph } from "../../parts/glyph.tsx";
import { ReasonedButton } from "../../parts/reasoned-button.tsx";
import { instantOfScn, SECOND, TimeText, useNowMs } from "../../parts/time.tsx";
import { useArchiveSwitch } from "./archive-switch.tsx";
import { useRefusals } from "./refusals.ts";
import type { TenantAnswer } from "./tenant-identity.tsx";

/** The loudest thing of the page: a gap that grows until somebody acts. It can be acknowledged, not dismissed. */
export function OpenGapBanner({ page }: { readonly page: TenantAnswer }) {
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
            {cureText(gap.cause)}
          </p>
        )}
      </div>
      {isQuiet ? null : (
        <div className="buttons">
          {gap.cause.kind.startsWith("archive-") ? <StartArchive page={page} /> : null}
          <button type="button" className="as-link" onClick={() => acknowledge(gap.from)}>
            {text("openGap.acknowledge")}
          </button>
        </div>
      )}
    </section>
  );
}

function StartArchive({ page }: { readonly page: TenantAnswer }) {
  const text = useText();
  const refusal = useRefusals(page.cluster.name);
  const archive = useArchiveSwitch(page);
  return (
    <ReasonedButton danger reason={refusal(page.actions.startArchive)} onClick={archive.start}>
      {text("action.startArchive")}
    </ReasonedButton>
  );
}
