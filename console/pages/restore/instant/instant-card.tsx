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
import type { Draft } from "../draft.ts";
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
  const take = (until: Draft["until"]) => {
    form.setTyping(null);
    decide({ until });
  };
  const pick = (chosen: bigint) => take({ scn: String(chosen) });
  if (at === null) return null;
  const choose = (chosen: unknown) => {
    setScn(chosen === "scn");
    if (chosen === "latest") take({ latest: true });
    else if (isLatest) pick(at);
    else form.setTyping(null);
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
        <Jumps form={form} pick={pick} onLatest={() => take({ latest: true })} />
      </div>
      <div className="wizard-fields">
        {by === "time" ? <TimeFields {...{ form, at, pick, isBad }} /> : null}
        {by === "scn" ? <ScnField {...{ form, at, isBad }} /> : null}
        {by === "latest" ? (
          <p className="second">{text("wizard.latestSays")}</p>
        ) : (
          <Nudges at={at} pick={pick} isOff={!form.isReadable} />
        )}
      </div>
      {form.isReadable ? <InstantVerdict form={form} at={at} pick={pick} /> : null}
    </Card>
  );
}

export interface PickProps {
  readonly at: bigint;
  readonly pick: (at: bigint) => void;
}

/** One day around the chosen instant; somebody may move the window, and an instant that is chosen outside it brings it back. */
function InstantTimeline({ form, at, pick }: PickProps & { readonly form: RestoreForm }) {
  const text = useText();
  const { view, source, draft } = form;
  const [begun] = useState(() => at);
  const [chosen, setChosen] = useState<InstantRange | null>(null);
  const range = useMemo(
    () => chosen ?? windowAround(begun, { now: view.now, span: SPANS["1d"] }),
    [chosen, begun, view.now],
  );
  const wanted = "scn" in draft.until ? draft.until.scn : null;
  const [followed, setFollowed] = useState(wanted);
  if (wanted !== followed) {
    setFollowed(wanted);
    const isShown = at >= range.from && at <= range.to;
    if (!isShown) setChosen(windowAround(at, { now: view.now, span: range.to - range.from }));
  }
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

function windowAround(
  at: bigint,
  { now, span }: { readonly now: bigint; readonly span: bigint },
): InstantRange {
  const from = at - span / 2n;
  return moved({ from, to: from + span }, { by: 0n, now });
}
