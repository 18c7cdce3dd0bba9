import { useText } from "../../../messages/text.ts";
import { useWords } from "../../../parts/timeline/words.ts";
import type { Plan } from "../use-plan.ts";
import type { RestoreForm } from "../use-restore-form.ts";

type Guard = Plan["guards"][number];

/** A passed guard in the viewer's language, with its figures; the server's own English sentence stays on hover. */
export function useGuardText(form: RestoreForm, plan: Plan): (guard: Guard) => string {
  const text = useText();
  const { instant } = useWords();
  const { proposal, page, targetVersion } = form;
  const figures = {
    from: instant(BigInt(plan.interval.from)),
    to: instant(BigInt(plan.interval.to)),
    target: targetVersion ?? "",
    source: page.cluster.version,
    tenant: proposal.tenant,
    zones: plan.room.length,
    cluster: proposal.cluster,
  };
  return (guard) => text(`wizard.passed.${guard.name}`, figures);
}
