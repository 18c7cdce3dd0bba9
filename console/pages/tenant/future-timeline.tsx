import type { ReactNode } from "react";
import { useText } from "../../messages/text.ts";
import { Glyph } from "../../parts/glyph.tsx";

/** The timeline that will be, dashed, so that nobody takes it for one that is: ① data + ② logs = ③ restorable. */
export function FutureTimeline() {
  const text = useText();
  return (
    <figure className="future" aria-label={text("future.says")}>
      <FutureLane lane={text("field.restorableIntervals")} className="future-restorable">
        <b>③</b> <strong>{text("future.restorable")}</strong> {text("future.restorableSays")}
      </FutureLane>
      <FutureLane lane={text("lane.log")} className="future-log">
        <b>②</b> <strong>{text("future.log")}</strong> {text("future.logSays")}
      </FutureLane>
      <FutureLane lane={text("lane.data")} className="future-data">
        <Glyph name="running" size={14} />
        <b>①</b> <strong>{text("future.data")}</strong> {text("future.dataSays")}
      </FutureLane>
      <i className="future-dot" />
      <span className="future-now">{text("future.now")}</span>
    </figure>
  );
}

interface FutureLaneProps {
  readonly lane: string;
  readonly className: string;
  readonly children: ReactNode;
}

function FutureLane({ lane, className, children }: FutureLaneProps) {
  return (
    <div className={`future-lane ${className}`}>
      <span className="future-name">{lane}</span>
      <span className="future-band">
        <span>{children}</span>
      </span>
    </div>
  );
}
