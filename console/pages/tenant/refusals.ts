import type { AnswerOf } from "../../../src/api/contract.ts";
import { useProblemText } from "../../messages/problem-text.ts";
import { useLostReason } from "../../parts/observation.tsx";

type Offer = AnswerOf<"showTenant">["actions"]["backUp"];

/** Why an action is not offered, in one line; null where it is. What cannot be seen cannot be acted upon. */
export function useRefusals(cluster: string): (offer: Offer) => string | null {
  const lost = useLostReason(cluster);
  const problemText = useProblemText();
  return (offer) => {
    if (lost !== null) return lost;
    if (offer.refusedBy === null) return null;
    const { found, remedy } = problemText(offer.refusedBy);
    return `${found} ${remedy}`;
  };
}
