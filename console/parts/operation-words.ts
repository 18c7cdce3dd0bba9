import type { AnswerOf } from "../../src/api/contract.ts";
import { useText } from "../messages/text.ts";
import type { Tone } from "./status.tsx";

export type OperationAnswer = AnswerOf<"showOperation">;

/** What an operation does, in words: `恢复 shop 到新租户 shop_r1`. */
export function useOperationTitle(): (operation: OperationAnswer) => string {
  const text = useText();
  return (operation) => {
    const { request, tenant } = operation;
    if (request.kind === "restore") {
      return text("operation.title.restore", {
        source: request.source.tenant,
        target: request.target.tenant,
      });
    }
    if (request.kind === "back-up") {
      return text("operation.title.back-up", { tenant, type: text(`type.${request.type}`) });
    }
    return text(`operation.title.${request.kind}`, { tenant });
  };
}

interface StateWords {
  readonly tone: Tone;
  readonly word: string;
}

const OUTCOME_TONES: Readonly<Record<NonNullable<OperationAnswer["outcome"]>, Tone>> = {
  succeeded: "good",
  failed: "bad",
  canceled: "quiet",
  lost: "bad",
};

export function useOperationState(): (operation: OperationAnswer) => StateWords {
  const text = useText();
  return (operation) => {
    if (operation.outcome) {
      return { tone: OUTCOME_TONES[operation.outcome], word: text(`outcome.${operation.outcome}`) };
    }
    const isCanceling = operation.cancelRequestedAt !== null;
    return {
      tone: "running",
      word: isCanceling ? text("phase.canceling") : text(`phase.${operation.phase}`),
    };
  };
}
