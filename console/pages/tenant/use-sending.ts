import { App } from "@oceanbase/design";
import { useState } from "react";
import { Refusal } from "../../../src/api/client.ts";
import type { ProblemBody } from "../../../src/domain/problem.ts";
import { newRequestId } from "../../api.ts";
import { useText } from "../../messages/text.ts";

interface Sending {
  readonly isSending: boolean;
  /** What the last try was refused with; shown in the form, which stays open. */
  readonly problem: ProblemBody | null;
  readonly send: (call: (requestId: string) => Promise<unknown>) => void;
}

/** Sends one form under one request id: a second click, or a try after a lost answer, makes no second operation. */
export function useSending(onSent: () => void): Sending {
  const text = useText();
  const { message } = App.useApp();
  const [requestId] = useState(newRequestId);
  const [isSending, setSending] = useState(false);
  const [problem, setProblem] = useState<ProblemBody | null>(null);
  const attempt = async (call: (requestId: string) => Promise<unknown>) => {
    setSending(true);
    setProblem(null);
    try {
      await call(requestId);
      void message.success(text("operation.sent"));
      onSent();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      setProblem(error.problem);
    } finally {
      setSending(false);
    }
  };
  return { isSending, problem, send: (call) => void attempt(call) };
}
