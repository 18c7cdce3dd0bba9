import type { AnswerOf } from "../../../src/api/contract.ts";
import { useProblemText } from "../../messages/problem-text.ts";
import { useLostReason } from "../../parts/observation.tsx";

type Offer = AnswerOf<"showTenant">["actions"]["backUp"];

/** Why an action is not offered, in one line; null where it is. What cannot be seen cannot be acted upon. */
export function useRefusals(cluster: string): (offer: Offer) => string | null {
  const lost = useLostReason(cluster);
  const refusal = useOfferRefusal();
  return (offer) => lost ?? refusal(offer);
}

/**
 * The same for what does not speak to the tenant's own cluster. A restore reads the backup from its directory: that the
 * source does not answer is the very case it is for. Whether the target answers is asked where the target is chosen.
 */
export function useOfferRefusal(): (offer: Offer) => string | null {
  const problemText = useProblemText();
  return (offer) => {
    if (offer.refusedBy === null) return null;
    const { found, remedy } = problemText(offer.refusedBy);
    return `${found} ${remedy}`;
  };
}
