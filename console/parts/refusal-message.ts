import { App } from "@oceanbase/design";
import { Refusal } from "../../src/api/client.ts";
import { useProblemText } from "../messages/problem-text.ts";

/** Says a refusal where no form is open to show it in: found and remedy, until it is closed. */
export function useRefusalMessage(): (error: unknown) => void {
  const { notification } = App.useApp();
  const problemText = useProblemText();
  return (error) => {
    if (!(error instanceof Refusal)) throw error;
    const { found, remedy } = problemText(error.problem);
    notification.error({ message: found, description: remedy, duration: 0 });
  };
}
