import type { AnswerOf } from "../../src/api/contract.ts";
import { isAlarming } from "../messages/gap-cause.ts";
import { useText } from "../messages/text.ts";
import { Status, type Tone } from "./status.tsx";

type TenantRow = AnswerOf<"listTenants">["items"][number];

export type Protection = "restorable" | "growing-gap" | "unprotected" | "unknown";

/** Green only for what is proven restorable; what is not observed is unknown, never green. */
export function protectionOf(row: Pick<TenantRow, "verdict" | "isStale">): Protection {
  const { latest, openGap } = row.verdict;
  if (row.isStale) return "unknown";
  if (latest === null) return "unprotected";
  return openGap && isAlarming(openGap.cause) ? "growing-gap" : "restorable";
}

const TONES: Readonly<Record<Protection, Tone>> = {
  restorable: "good",
  "growing-gap": "bad",
  unprotected: "warning",
  unknown: "quiet",
};

export function ProtectionStatus({
  row,
}: {
  readonly row: Pick<TenantRow, "verdict" | "isStale" | "goneAt">;
}) {
  const text = useText();
  const protection = protectionOf(row);
  const words = text(`protection.${protection}`);
  return (
    <Status tone={TONES[protection]}>
      {row.goneAt === null ? words : `${text("protection.gone")} · ${words}`}
    </Status>
  );
}
