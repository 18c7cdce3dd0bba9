import { Problem } from "../domain/problem.ts";
import { readTime, type Scn } from "../domain/scn.ts";

/** Reads a time of a request: ISO 8601 with an offset. The server's own zone is offered as the other reading, where it is another. */
export function instantOf(text: string): Scn {
  const reading = readTime(text, -new Date().getTimezoneOffset());
  if (reading.kind === "instant") return reading.scn;
  if (reading.kind === "no-offset") {
    const { asLocal, asUtc } = reading;
    throw new Problem("time-without-offset", {
      found: `${JSON.stringify(text)} has no offset: ${asLocal === null ? `in UTC it would be ${asUtc}` : `it could mean ${asLocal} or ${asUtc}`}.`,
      remedy: "Send the time that is meant, with its offset.",
      values: { text, ...(asLocal !== null && { asLocal }), asUtc },
    });
  }
  throw new Problem("input-invalid", {
    found: `${JSON.stringify(text)} is no time.`,
    remedy:
      "Send ISO 8601 with an offset, for example 2026-11-21T16:42:07.999999+08:00; offsets go from -14:00 to +14:00.",
    values: { text },
  });
}
