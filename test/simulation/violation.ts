/** The promises that are checked all along; docs/simulation.md says each in full. */
export const INVARIANTS = {
  1: "every accepted wish ends in exactly one outcome, the true one, and an ended one never changes",
  2: "a statement with an effect is sent again only when the first is proven not to have taken effect",
  3: "what is called restorable does restore with the right content, and a gap does not",
  4: "the cause given for a gap is the fault that made it",
  5: "what another person did is never claimed as ours",
  6: "after the faults stop everything settles in time",
} as const;

export type Invariant = keyof typeof INVARIANTS;

/** A promise that was not kept: a defect of the product, of the sandbox or of the simulation. */
export class Violation extends Error {
  readonly invariant: Invariant;

  constructor(invariant: Invariant, found: string) {
    super(`invariant ${invariant} (${INVARIANTS[invariant]}): ${found}`);
    this.invariant = invariant;
  }
}
