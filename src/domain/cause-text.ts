import type { GapCause } from "./gap-cause.ts";

/** What the words need of a cause: one that has travelled as JSON, its SCNs as strings, will do. */
type Told<Cause> = Cause extends unknown ? Omit<Cause, "checkpointScn" | "minRestoreScn"> : never;

/** The cause as an English clause, for `found` of a Problem: "log archiving was interrupted (round 2)". */
export function causeText(cause: Told<GapCause>): string {
  switch (cause.kind) {
    case "no-backup-yet":
      return "there was no data backup yet";
    case "set-failed":
      return `backup set ${cause.setId} failed`;
    case "set-running":
      return `backup set ${cause.setId} is still being taken`;
    case "set-not-covered":
      return `the logs have not reached the end of backup set ${cause.setId} yet`;
    case "set-deleted":
      return `backup set ${cause.setId} was deleted`;
    case "set-unavailable":
      return `the files of backup set ${cause.setId} are not available`;
    case "chain-broken":
      return `backup set ${cause.setId} builds on set ${cause.missingSetId}, which is not there`;
    case "archive-stopped":
      return `log archiving was stopped (round ${cause.roundId})`;
    case "archive-interrupted":
      return `log archiving was interrupted (round ${cause.roundId}${inParentheses(cause.comment)})`;
    case "archive-suspended":
      return `log archiving was suspended (round ${cause.roundId})`;
    case "no-set-in-round":
      return `there is no data backup since log archiving started again (round ${cause.roundId})`;
    case "piece-deleted":
      return `log piece ${cause.pieceId} of round ${cause.roundId} was deleted`;
    case "piece-unavailable":
      return `the files of log piece ${cause.pieceId} of round ${cause.roundId} are not available`;
    case "piece-missing":
      return `log piece ${cause.pieceId} of round ${cause.roundId} is missing`;
    case "not-archived-yet":
      return `the logs of round ${cause.roundId} have not come so far yet`;
    case "no-archive":
      return "logs were not archived";
  }
  return cause satisfies never;
}

function inParentheses(comment: string): string {
  return comment ? `: ${comment.replace(/\.$/, "")}` : "";
}

/** What closes an open gap, for `remedy`. */
export function remedyFor(cause: GapCause): string {
  switch (cause.kind) {
    case "no-backup-yet":
    case "set-failed":
    case "set-deleted":
    case "set-unavailable":
    case "no-set-in-round":
      return "Take a full data backup.";
    case "set-running":
    case "set-not-covered":
    case "not-archived-yet":
      return "Wait until the backup has ended and the logs have reached its end.";
    case "chain-broken":
      return "Take full data backups into a new, empty data destination.";
    case "archive-interrupted":
      return "Stop log archiving, start it again and take a full data backup.";
    case "archive-stopped":
    case "archive-suspended":
    case "no-archive":
      return "Start log archiving and take a full data backup.";
    case "piece-deleted":
    case "piece-unavailable":
    case "piece-missing":
      return "Bring the files of the piece back, or take a full data backup.";
  }
  return cause satisfies never;
}
