import { App } from "@oceanbase/design";
import type { ReactNode } from "react";
import { useText } from "../../../messages/text.ts";
import { Card } from "../../../parts/card.tsx";
import { Facts } from "../../../parts/facts.tsx";
import { Glyph } from "../../../parts/glyph.tsx";
import { useIsNarrow } from "../../../parts/media.ts";
import { useObservation } from "../../../parts/observation.tsx";
import { formatInstant, offsetAt, useZone } from "../../../parts/time.tsx";
import { useWords } from "../../../parts/timeline/words.ts";
import type { RestoreForm } from "../use-restore-form.ts";

/** The consequence of what is chosen, in local time with its offset, in UTC, and as the SCN that is sent. */
export function WillRestore({ form }: { readonly form: RestoreForm }) {
  const text = useText();
  const zone = useZone();
  const isNarrow = useIsNarrow();
  const { at } = form;
  if (at === null || !form.isReadable) return null;
  if (!isNarrow) {
    return (
      <Card title={text("wizard.to")}>
        <Echo form={form} at={at} />
      </Card>
    );
  }
  return (
    <details className="card wizard-fold">
      <summary>
        {text("wizard.to")} <strong>{formatInstant(at, { zone, style: "full" })}</strong>
      </summary>
      <Echo form={form} at={at} />
    </details>
  );
}

function Echo({ form, at }: { readonly form: RestoreForm; readonly at: bigint }) {
  const { text, instant, length } = useWords();
  const zone = useZone();
  const { answer, view } = form;
  const isFresh = (useObservation(form.source.cluster)?.level ?? "fresh") === "fresh";
  return (
    <div className="wizard-echo">
      <Line
        label={text("wizard.yourZone", { zone })}
        value={instant(at, "micros")}
        unit={offsetAt(at, zone)}
      />
      <Line label={text("wizard.utc")} value={formatInstant(at, { zone: "UTC", style: "micros" })} unit="Z" />
      <Line
        label={text("latest" in form.draft.until ? "wizard.scn" : "wizard.scnSent")}
        value={String(at)}
        unit={<CopyScn at={at} />}
      />
      {answer?.kind === "restorable" ? (
        <Facts
          facts={[
            { label: text("wizard.fromNow"), value: length({ from: at, to: view.now > at ? view.now : at }) },
            {
              label: text("wizard.interval"),
              value: `${instant(answer.interval.from, "short")} → ${answer.interval.isLive && isFresh ? text("wizard.now") : instant(answer.interval.to, "short")}`,
            },
            { label: text("wizard.border"), value: text("wizard.borderSays") },
          ]}
        />
      ) : (
        <p className="gap-words">
          <Glyph name="failed" size={12} /> {text("wizard.notInside")}
        </p>
      )}
    </div>
  );
}

interface LineProps {
  readonly label: string;
  readonly value: string;
  readonly unit: ReactNode;
}

function Line({ label, value, unit }: LineProps) {
  return (
    <p className="wizard-line">
      <span className="second">{label}</span>
      <strong>{value}</strong> <span className="pale">{unit}</span>
    </p>
  );
}

function CopyScn({ at }: { readonly at: bigint }) {
  const text = useText();
  const { message } = App.useApp();
  const copy = async () => {
    await navigator.clipboard.writeText(String(at));
    void message.success(text("copy.done"));
  };
  return (
    <button type="button" className="bare" aria-label={text("wizard.copyScn")} onClick={() => void copy()}>
      <Glyph name="copy" />
    </button>
  );
}

export function DropTip({ tenant }: { readonly tenant: string }) {
  const text = useText();
  return (
    <section className="card wizard-tip">
      <h3>{text("wizard.tip")}</h3>
      <p className="second">{text("wizard.tipSays", { tenant })}</p>
    </section>
  );
}
