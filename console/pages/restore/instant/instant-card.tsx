import { Segmented } from "@oceanbase/design";
import { useMemo, useState } from "react";
import { useAnswer } from "../../../api.ts";
import { useText } from "../../../messages/text.ts";
import { Card } from "../../../parts/card.tsx";
import { useObservation } from "../../../parts/observation.tsx";
import { instantOfMs, useNowMs } from "../../../parts/time.tsx";
import { queryFor } from "../../../parts/time-range.ts";
import { moved, rangeToSearch, SPANS } from "../../../parts/timeline/range.ts";
import type { InstantRange } from "../../../parts/timeline/restorable-view.ts";
import { Timeline } from "../../../parts/timeline/timeline.tsx";
import type { RestoreForm } from "../use-restore-form.ts";
import { InstantVerdict } from "./instant-verdict.tsx";
import { Jumps } from "./jumps.tsx";
import { Nudges } from "./nudges.tsx";
import { ScnField } from "./scn-field.tsx";
import { TimeFields } from "./time-fields.tsx";

/** Handle, fields, SCN and 最新 drive one value. */
export function InstantCard({ form }: { readonly form: RestoreForm }) {
  const text = useText();
  const { draft, at, decide } = form;
  const isLatest = "latest" in draft.until;
  const [isScn, setScn] = useState(false);
  const by = isLatest ? "latest" : isScn ? "scn" : "time";
  const pick = (chosen: bigint) => decide({ until: { scn: String(chosen) } });
  if (at === null) return null;
  const choose = (chosen: unknown) => {
    setScn(chosen === "scn");
    if (chosen === "latest") decide({ until: { latest: true } });
    else if (isLatest) pick(at);
  };
  const isBad = form.answer?.kind !== "restorable";
  return (
    <Card className="wizard-instant">
      <InstantTimeline form={form} at={at} pick={pick} />
      <div className="wizard-by">
        <Segmented
          aria-label={text("wizard.by")}
          value={by}
          onChange={choose}
          options={(["time", "scn", "latest"] as const).map((name) => ({
            value: name,
            label: text(`wizard.by.${name}`),
          }))}
        />
        <Jumps form={form} at={at} pick={pick} />
      </div>
      <div className="wizard-fields">
        {by === "time" ? <TimeFields {...{ form, at, pick, isBad }} /> : null}
        {by === "scn" ? <ScnField {...{ at, pick, isBad }} /> : null}
        {by === "latest" ? (
          <p className="second">{text("wizard.latestSays")}</p>
        ) : (
          <Nudges at={at} pick={pick} />
        )}
      </div>
      <InstantVerdict form={form} at={at} pick={pick} />
    </Card>
  );
}

export interface PickProps {
  readonly at: bigint;
  readonly pick: (at: bigint) => void;
}

/** One day around the chosen instant, until somebody moves the window. */
function InstantTimeline({ form, at, pick }: PickProps & { readonly form: RestoreForm }) {
  const text = useText();
  const { view, source } = form;
  const [begun] = useState(() => at);
  const [chosen, setChosen] = useState<InstantRange | null>(null);
  const range = useMemo(() => chosen ?? dayAround(begun, view.now), [chosen, begun, view.now]);
  const query = queryFor(rangeToSearch(range, view.now), instantOfMs(useNowMs()));
  const data = useAnswer("showRestorable", { params: { ...source }, query }).data;
  const level = useObservation(source.cluster)?.level;
  if (!data) return <div className="loading" style={{ minHeight: 290 }} aria-busy="true" />;
  return (
    <Timeline
      compact
      title={text("wizard.instant")}
      data={data}
      range={range}
      onRangeChange={setChosen}
      picked={at}
      onPick={pick}
      isStale={level !== undefined && level !== "fresh"}
    />
  );
}

function dayAround(at: bigint, now: bigint): InstantRange {
  const half = SPANS["1d"] / 2n;
  return moved({ from: at - half, to: at + half }, { by: 0n, now });
}
