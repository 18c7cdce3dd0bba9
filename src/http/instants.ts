import { Problem } from "../domain/problem.ts";
import { readTime, type Scn } from "../domain/scn.ts";

/** Reads a time of a request: ISO 8601 with an offset. The server's own zone is offered as the other reading. */
export function instantOf(text: string): Scn {
  const reading = readTime(text, -new Date().getTimezoneOffset());
  if (reading.kind === "instant") return reading.scn;
  if (reading.kind === "no-offset") {
    throw new Problem("time-without-offset", {
      found: `${JSON.stringify(text)} has no offset: it could mean ${reading.asLocal} or ${reading.asUtc}.`,
      remedy: "Send the one that is meant, with its offset.",
      values: { text, asLocal: reading.asLocal, asUtc: reading.asUtc },
    });
  }
  throw new Problem("input-invalid", {
    found: `${JSON.stringify(text)} is no time.`,
    remedy: "Send ISO 8601 with an offset, for example 2026-11-21T16:42:07.999999+08:00.",
    values: { text },
  });
}
