import type { Json } from "../../src/api/json.ts";
import type { GapCause } from "../../src/domain/restorable.ts";
import { useText } from "./text.ts";

type Cause = GapCause | Json<GapCause>;

/** Why an instant cannot be restored, in a few words: `日志归档中断`. The comment of OceanBase is not among them. */
export function useCauseText(): (cause: Cause) => string {
  const text = useText();
  return (cause) => text(`cause.${cause.kind}`, figuresOf(cause));
}

/** What closes the gap. */
export function useCureText(): (cause: Cause) => string {
  const text = useText();
  return (cause) => text(`cure.${cause.kind}`, figuresOf(cause));
}

function figuresOf(cause: Cause): Record<string, string | number> {
  return {
    set: "setId" in cause ? cause.setId : "",
    round: "roundId" in cause ? cause.roundId : "",
    piece: "pieceId" in cause ? cause.pieceId : "",
    missing: "missingSetId" in cause ? cause.missingSetId : "",
  };
}

/** Grows until somebody acts. Logs on their way and a backup that runs close their gap by themselves. */
export function isAlarming(cause: Cause): boolean {
  return !QUIET.has(cause.kind);
}

const QUIET: ReadonlySet<Cause["kind"]> = new Set([
  "not-archived-yet",
  "set-not-covered",
  "set-running",
  "no-backup-yet",
]);
