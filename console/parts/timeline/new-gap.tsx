import { useEffect, useRef, useState } from "react";
import { isAlarming } from "../../messages/gap-cause.ts";
import type { RestorableView } from "./restorable-view.ts";
import type { Words } from "./words.ts";

/** Read out once, politely, when a gap opens while the page is looked at. Ticking is never announced. */
export function NewGap({ view, words }: { readonly view: RestorableView; readonly words: Words }) {
  const { openGap } = view.verdict;
  const gap = openGap && isAlarming(openGap.cause) ? openGap : null;
  const known = useRef(gap?.from ?? null);
  const [said, setSaid] = useState("");
  useEffect(() => {
    const from = gap?.from ?? null;
    if (from === known.current) return;
    known.current = from;
    setSaid(
      gap ? words.text("timeline.newGap", { cause: words.cause(gap), since: words.instant(gap.from) }) : "",
    );
  }, [gap, words]);
  return (
    <p className="for-readers" aria-live="polite">
      {said}
    </p>
  );
}
