import { useText } from "../../messages/text.ts";
import { Glyph } from "../../parts/glyph.tsx";
import { ReasonedButton } from "../../parts/reasoned-button.tsx";
import { useArchiveSwitch } from "./archive-switch.tsx";
import type { OpenForm } from "./backup.tsx";
import { useRefusals } from "./refusals.ts";
import type { TenantAnswer } from "./tenant-identity.tsx";

interface FirstStepsProps {
  readonly page: TenantAnswer;
  readonly open: (form: OpenForm) => void;
}

/** Storage directories, then logs: what a first backup needs, each with its button until it is done. */
export function FirstSteps({ page, open }: FirstStepsProps) {
  const text = useText();
  const refusal = useRefusals(page.cluster.name);
  const archive = useArchiveSwitch(page);
  const { data, archive: archiveUri } = page.destinations;
  return (
    <ol className="first-steps">
      <FirstStep
        number={1}
        name={text("firstStep.destinations")}
        isDone={data !== null && archiveUri !== null}
        button={text("firstStep.set")}
        reason={refusal(page.actions.setDestinations)}
        onClick={() => open("destinations")}
      />
      <FirstStep
        number={2}
        name={text("firstStep.archive")}
        isDone={page.log.status === "doing"}
        button={text("action.start")}
        reason={refusal(page.actions.startArchive)}
        onClick={archive.start}
      />
    </ol>
  );
}

interface FirstStepProps {
  readonly number: number;
  readonly name: string;
  readonly isDone: boolean;
  readonly button: string;
  readonly reason: string | null;
  readonly onClick: () => void;
}

function FirstStep({ number, name, isDone, button, reason, onClick }: FirstStepProps) {
  const text = useText();
  return (
    <li className={isDone ? "first-step is-done" : "first-step"}>
      <span className="first-step-mark">{isDone ? <Glyph name="done" size={12} /> : number}</span>
      <span>{name}</span>
      {isDone ? (
        <span className="second">{text("firstStep.done")}</span>
      ) : (
        <ReasonedButton size="small" type="primary" ghost reason={reason} onClick={onClick}>
          {button}
        </ReasonedButton>
      )}
    </li>
  );
}
