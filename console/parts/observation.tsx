import type { AnswerOf } from "../../src/api/contract.ts";
import { useAnswer } from "../api.ts";
import { useFigures } from "../messages/figures.ts";
import { useProblemText } from "../messages/problem-text.ts";
import { useText } from "../messages/text.ts";
import { formatInstant, type Instant, instantOfMicros, useNowMs, useZone } from "./time.tsx";

const FRESH_SECONDS = 30;
const LOST_SECONDS = 300;
/** A pass that found nothing new announces nothing: its time alone is asked for. */
const ASK_MS = 5000;

export interface Observation {
  /** fresh: up to 30 s old · aging: older · lost: from 5 minutes on, or passes fail. Nothing is extrapolated. */
  readonly level: "fresh" | "aging" | "lost";
  readonly at: Instant;
  readonly ageSeconds: number;
  readonly unobserved: AnswerOf<"listClusters">["items"][number]["unobserved"];
}

/** How old what we know of a cluster is; undefined before the first pass. */
export function useObservation(cluster: string): Observation | undefined {
  const nowMs = useNowMs();
  const found = useAnswer("listClusters", {}, { everyMs: ASK_MS }).data?.items.find(
    (item) => item.name === cluster,
  );
  if (!found || found.observedAt === null) return undefined;
  const ageSeconds = Math.max(0, Math.floor((nowMs - found.observedAt / 1000) / 1000));
  const isLost = found.unobserved !== null || ageSeconds >= LOST_SECONDS;
  return {
    level: isLost ? "lost" : ageSeconds > FRESH_SECONDS ? "aging" : "fresh",
    at: instantOfMicros(found.observedAt),
    ageSeconds,
    unobserved: found.unobserved,
  };
}

/** Why buttons that send statements are off while the cluster is not seen; null while it is. */
export function useLostReason(cluster: string): string | null {
  const text = useText();
  const zone = useZone();
  const observation = useObservation(cluster);
  if (observation?.level !== "lost") return null;
  return text("observation.lost", { since: formatInstant(observation.at, { zone, style: "clock" }) });
}

export function ObservationAge({ cluster }: { readonly cluster: string }) {
  const text = useText();
  const zone = useZone();
  const figures = useFigures();
  const problemText = useProblemText();
  const observation = useObservation(cluster);
  if (!observation) return null;
  const { level, at, ageSeconds, unobserved } = observation;
  const clock = formatInstant(at, { zone, style: "clock" });
  const why = unobserved ? problemText(unobserved.problem) : null;
  return (
    <span className={`observed observed-${level}`} title={why ? `${why.found} ${why.remedy}` : undefined}>
      <i className="age-dot" />
      {level === "lost" ? text("observation.lost", { since: clock }) : text("observation.at", { at: clock })}
      {" · "}
      <span className="observed-age">{figures.age(ageSeconds)}</span>
    </span>
  );
}
