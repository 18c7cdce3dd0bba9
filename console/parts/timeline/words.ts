import { formatDuration } from "../../messages/figures.ts";
import { useCauseText } from "../../messages/gap-cause.ts";
import { useText } from "../../messages/text.ts";
import { useSettings } from "../../settings.tsx";
import { formatInstant, type InstantStyle, useZone } from "../time.tsx";
import type { AnswerAt } from "./answer-at.ts";
import type { Gap, InstantRange, Mark, Round } from "./restorable-view.ts";

/** The timeline's facts in the viewer's language and zone. */
export interface Words {
  readonly text: ReturnType<typeof useText>;
  readonly instant: (at: bigint, style?: InstantStyle) => string;
  readonly length: (range: InstantRange) => string;
  readonly cause: (gap: Pick<Gap, "cause">) => string;
  readonly setName: (mark: Pick<Mark, "setId" | "type">) => string;
  readonly roundState: (round: Pick<Round, "status" | "interruption">) => string;
  /** The answer to "can I restore to this instant?": what a reader hears. */
  readonly say: (at: bigint, answer: AnswerAt) => string;
}

export function useWords(): Words {
  const text = useText();
  const zone = useZone();
  const { language } = useSettings();
  const causeText = useCauseText();
  const words: Omit<Words, "say"> = {
    text,
    instant: (at, style = "second") => formatInstant(at, { zone, style }),
    length: (range) => lengthText(range.to - range.from, (seconds) => formatDuration(seconds, language)),
    cause: (gap) => causeText(gap.cause),
    roundState: ({ status, interruption }) =>
      text(
        status === "stopped" && interruption !== null
          ? "round.interruptedThenStopped"
          : `timeline.roundStatus.${status}`,
      ),
    setName: (mark) => text("timeline.set", { setId: mark.setId, type: text(`timeline.type.${mark.type}`) }),
  };
  return { ...words, say: (at, answer) => sayAnswer(words, { at, answer }) };
}

function lengthText(nanos: bigint, duration: (seconds: number) => string): string {
  if (nanos >= 1_000_000_000n) return duration(Number(nanos / 1_000_000_000n));
  return nanos >= 1_000_000n ? `${nanos / 1_000_000n} ms` : `${nanos / 1_000n} µs`;
}

function sayAnswer(
  words: Omit<Words, "say">,
  { at: instant, answer }: { at: bigint; answer: AnswerAt },
): string {
  const { text } = words;
  const at = words.instant(instant);
  if (answer.kind === "restorable") {
    const { set } = answer;
    if (!set) return text("timeline.say.restorable", { at });
    return text("timeline.say.restorableSet", {
      at,
      setId: set.setId,
      type: text(`timeline.type.${set.type}`),
    });
  }
  if (answer.kind === "gap") {
    return text("timeline.say.gap", { at, length: words.length(answer.gap), cause: words.cause(answer.gap) });
  }
  if (answer.kind === "pending") {
    return text("timeline.say.pending", { at, latest: words.instant(answer.gap.from) });
  }
  if (answer.kind === "before") return text("timeline.say.before", { at });
  return answer.since === null
    ? text("timeline.say.unknownHere", { at })
    : text("timeline.say.unknown", { at, since: words.instant(answer.since) });
}
