import { isScnText } from "./scn-text.ts";

export const STEPS = ["instant", "target", "plan", "confirm"] as const;
export type Step = (typeof STEPS)[number];

/** What the address holds: the step, and an SCN to begin with. */
export interface RestoreSearch {
  readonly step?: Step | undefined;
  readonly at?: string | undefined;
}

/** Whatever cannot be read is left out, so that a torn link still opens; of an instant that is said: `hasTornInstant`. */
export function readRestoreSearch(search: Record<string, unknown>): RestoreSearch {
  const step = STEPS.find((known) => known === search.step);
  const at = typeof search.at === "string" && isScnText(search.at) ? search.at : undefined;
  return { ...(step ? { step } : {}), ...(at ? { at } : {}) };
}

export function hasTornInstant(search: Record<string, unknown>): boolean {
  return search.at !== undefined && readRestoreSearch(search).at === undefined;
}

interface Decided {
  /** The draft was begun: an address alone begins none, nor does going back to one that was sent. */
  readonly isBegun: boolean;
  readonly hasInstant: boolean;
  readonly hasTarget: boolean;
  /** The plan of exactly this draft was looked at. */
  readonly hasPlan: boolean;
}

/** The furthest step that is open: each needs what the ones before it decide. */
export function openStep(wanted: Step, { isBegun, hasInstant, hasTarget, hasPlan }: Decided): Step {
  if (!isBegun || !hasInstant || wanted === "instant") return "instant";
  if (!hasTarget || wanted === "target") return "target";
  return hasPlan ? wanted : "plan";
}
