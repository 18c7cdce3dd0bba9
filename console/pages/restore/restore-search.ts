export const STEPS = ["instant", "target", "plan", "confirm"] as const;
export type Step = (typeof STEPS)[number];

/** What the address holds: the step, and an SCN to begin with. */
export interface RestoreSearch {
  readonly step?: Step | undefined;
  readonly at?: string | undefined;
}

/**
 * An SCN in an address is a text: as a number it would lose its last digits. Whatever cannot be read is left out, so that
 * a torn link still opens.
 */
export function readRestoreSearch(search: Record<string, unknown>): RestoreSearch {
  const step = STEPS.find((known) => known === search.step);
  const at = typeof search.at === "string" && /^\d{1,20}$/.test(search.at) ? search.at : undefined;
  return { ...(step ? { step } : {}), ...(at ? { at } : {}) };
}

/** The furthest step that is open: each needs what the ones before it decide. */
export function openStep(
  wanted: Step,
  { hasInstant, hasTarget }: { hasInstant: boolean; hasTarget: boolean },
): Step {
  if (!hasInstant) return "instant";
  return hasTarget || wanted === "instant" ? wanted : "target";
}
