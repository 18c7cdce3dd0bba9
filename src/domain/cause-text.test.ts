import { expect, test } from "vitest";
import { causeText, remedyFor } from "./cause-text.ts";
import type { GapCause } from "./gap-cause.ts";
import { scn } from "./scn.ts";

const CAUSES: Readonly<Record<GapCause["kind"], GapCause>> = {
  "no-backup-yet": { kind: "no-backup-yet" },
  "set-failed": { kind: "set-failed", setId: 42 },
  "set-running": { kind: "set-running", setId: 42 },
  "set-not-covered": {
    kind: "set-not-covered",
    setId: 42,
    checkpointScn: scn(1),
    minRestoreScn: scn(2),
  },
  "set-deleted": { kind: "set-deleted", setId: 42 },
  "set-unavailable": { kind: "set-unavailable", setId: 42 },
  "chain-broken": { kind: "chain-broken", setId: 42, missingSetId: 41 },
  "archive-stopped": { kind: "archive-stopped", roundId: 3, comment: "" },
  "archive-interrupted": { kind: "archive-interrupted", roundId: 3, comment: "log stream 1001 interrupted" },
  "archive-suspended": { kind: "archive-suspended", roundId: 3, comment: "" },
  "no-set-in-round": { kind: "no-set-in-round", roundId: 3 },
  "piece-deleted": { kind: "piece-deleted", roundId: 3, pieceId: 17 },
  "piece-unavailable": { kind: "piece-unavailable", roundId: 3, pieceId: 17 },
  "piece-missing": { kind: "piece-missing", roundId: 3, pieceId: 17 },
  "not-archived-yet": { kind: "not-archived-yet", roundId: 3 },
  "no-archive": { kind: "no-archive" },
};

test("every cause is told in words of its own that name what it names, and with a way out", () => {
  const texts = Object.values(CAUSES).map((cause) => {
    const text = causeText(cause);
    for (const value of Object.values(cause).filter((each) => typeof each === "number")) {
      expect(text).toContain(String(value));
    }
    expect(remedyFor(cause)).toMatch(/^[A-Z].*\.$/);
    return text;
  });
  expect(new Set(texts).size).toBe(texts.length);
});

test("an interruption is told with OceanBase's own words", () => {
  expect(causeText(CAUSES["archive-interrupted"])).toBe(
    "log archiving was interrupted (round 3: log stream 1001 interrupted)",
  );
});
