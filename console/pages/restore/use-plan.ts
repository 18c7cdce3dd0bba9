import type { UseQueryResult } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { Refusal } from "../../../src/api/client.ts";
import type { AnswerOf } from "../../../src/api/contract.ts";
import { useAnswer } from "../../api.ts";
import type { Order } from "./draft.ts";

export type Plan = AnswerOf<"planRestore">;

/** What a plan rests on changes: it is checked again as long as it is looked at. */
const CHECK_MS = 60_000;
const SETTLE_MS = 400;

/** The server's plan for an order that has stopped changing; its refusal says what is wrong with the order. */
export function usePlan(order: Order): {
  readonly plan: UseQueryResult<Plan, Refusal>;
  readonly isSettled: boolean;
} {
  const wanted = JSON.stringify(order);
  const [settled, setSettled] = useState<{ readonly text: string; readonly order: Order }>({
    text: wanted,
    order,
  });
  useEffect(() => {
    if (settled.text === wanted) return undefined;
    const timer = setTimeout(() => setSettled({ text: wanted, order }), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [wanted, order, settled.text]);
  const plan = useAnswer("planRestore", { body: settled.order }, { everyMs: CHECK_MS });
  return { plan, isSettled: settled.text === wanted && !plan.isPlaceholderData && !plan.isPending };
}
