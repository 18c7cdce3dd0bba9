import pc from "picocolors";
import type { Client } from "../api/client.ts";
import type { AnswerOf } from "../api/contract.ts";
import { durationWords, microsWords } from "./words.ts";

type Cluster = Pick<AnswerOf<"showCluster">, "name" | "observedAt" | "unobserved">;

/** Older than this, an observation is told apart from the present, as the server does. */
const STALE_AFTER_SECONDS = 5 * 60;

/** Since when a cluster is not seen any more and why, in its problem's own words; null while it is. */
export function silenceWords({ observedAt, unobserved }: Cluster): string | null {
  const since = observedAt ?? unobserved?.since ?? null;
  if (since === null || (!unobserved && ageSeconds(since) < STALE_AFTER_SECONDS)) return null;
  return `not observed since ${microsWords(since)} (${durationWords(ageSeconds(since))}): ${unobserved?.problem.found ?? "no observation has ended since."}`;
}

/** The line above figures that are not the present ones; null where they are. */
export function staleWords(cluster: Cluster): string | null {
  const silence = silenceWords(cluster);
  if (silence === null) return null;
  return pc.yellow(`Cluster ${cluster.name}: ${silence} What is shown is what was seen then.`);
}

/** The same for a cluster by its name; null as well where it is watched no more. */
export async function staleWordsOf(client: Client, cluster: string): Promise<string | null> {
  const found = await client.call("showCluster", { params: { cluster } }).catch(() => null);
  return found && staleWords(found);
}

export function ageSeconds(micros: number): number {
  return Math.max(0, Math.floor(Date.now() / 1000 - micros / 1e6));
}
