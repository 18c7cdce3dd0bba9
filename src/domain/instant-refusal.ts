import { causeText, remedyFor } from "./cause-text.ts";
import { Problem, type ProblemValue } from "./problem.ts";
import type { Gap } from "./restorable.ts";
import { type Scn, SECOND_NS, scnToIso } from "./scn.ts";
import type { WhereIs } from "./where-is.ts";

type Values = Record<string, ProblemValue>;

/**
 * Why a tenant cannot be restored to an instant, with the nearest instants to which it can; null where it can.
 * `values` name each instant twice: `…Scn` in digits, `…Time` in ISO 8601.
 */
export function instantRefusal(
  where: WhereIs,
  asked: { readonly tenant: string; readonly instant: Scn; readonly now: Scn },
): Problem | null {
  const { tenant, instant, now } = asked;
  const values: Values = { tenant, ...instantValues("instant", instant) };
  switch (where.kind) {
    case "restorable":
      return null;
    case "no-backup-yet":
      return noBackupYet(tenant, where.gap);
    case "before-first":
      return new Problem("instant-before-first-set", {
        found: `${scnToIso(instant)} lies before the first restorable instant of ${tenant}, ${scnToIso(where.after)}.`,
        remedy: `Choose ${scnToIso(where.after)} (SCN ${where.after}) or later.`,
        values: { ...values, ...instantValues("after", where.after) },
      });
    case "in-future":
      return new Problem("instant-in-future", {
        found: `${scnToIso(instant)} has not come yet: the cluster's clock shows ${scnToIso(now)}.`,
        remedy: `Choose ${scnToIso(where.before)} (SCN ${where.before}) or earlier.`,
        values: { ...values, ...instantValues("now", now), ...instantValues("before", where.before) },
      });
    case "not-archived-yet":
      return notArchivedYet(where.before, { instant, values });
    case "in-gap":
      return inGap(where, { instant, values });
  }
  return where satisfies never;
}

/** No instant of the tenant can be restored at all. */
export function noBackupYet(tenant: string, gap: Gap | null): Problem {
  const cause = gap?.cause ?? { kind: "no-backup-yet" };
  return new Problem("no-backup-yet", {
    found: `${tenant} cannot be restored to any instant: ${causeText(cause)}.`,
    remedy: remedyFor(cause),
    values: { tenant, cause: cause.kind },
  });
}

interface Asked {
  readonly instant: Scn;
  readonly values: Values;
}

function notArchivedYet(before: Scn, { instant, values }: Asked): Problem {
  const seconds = Number((instant - before + SECOND_NS - 1n) / SECOND_NS);
  return new Problem("instant-after-logs", {
    found: `${scnToIso(instant)} is not backed up yet: the logs reach ${scnToIso(before)}, ${seconds} s less.`,
    remedy: `Try again in about ${seconds} s, or choose ${scnToIso(before)} (SCN ${before}).`,
    values: { ...values, ...instantValues("before", before), seconds },
  });
}

function inGap(where: Extract<WhereIs, { readonly kind: "in-gap" }>, { instant, values }: Asked): Problem {
  const { gap, before, after } = where;
  const earlier = `${scnToIso(before)} (SCN ${before})`;
  return new Problem("instant-in-gap", {
    found: `${scnToIso(instant)} cannot be restored: it lies in a gap from ${scnToIso(gap.from)} to ${scnToIso(gap.to)}, because ${causeText(gap.cause)}.`,
    remedy: after
      ? `Nearest restorable instants: ${earlier} and ${scnToIso(after)} (SCN ${after}).`
      : `Nearest restorable instant: ${earlier}. To close the gap: ${remedyFor(gap.cause)}`,
    values: {
      ...values,
      ...instantValues("gapFrom", gap.from),
      ...instantValues("gapTo", gap.to),
      cause: gap.cause.kind,
      ...instantValues("before", before),
      ...instantValues("after", after),
    },
  });
}

function instantValues(name: string, instant: Scn | null): Values {
  return {
    [`${name}Scn`]: instant === null ? null : String(instant),
    [`${name}Time`]: instant === null ? null : scnToIso(instant),
  };
}
