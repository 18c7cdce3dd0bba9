import { Input } from "@oceanbase/design";
import { useId } from "react";
import { useText } from "../../../messages/text.ts";
import { isScnText } from "../scn-text.ts";
import type { RestoreForm } from "../use-restore-form.ts";

interface ScnFieldProps {
  readonly form: RestoreForm;
  readonly at: bigint;
  readonly isBad: boolean;
}

/** The instant to the nanosecond. What names none stays until it is corrected. */
export function ScnField({ form, at, isBad }: ScnFieldProps) {
  const text = useText();
  const id = useId();
  const { typing, isReadable } = form;
  const type = (typed: string) => {
    form.setTyping({ kind: "scn", text: typed });
    const trimmed = typed.trim();
    if (isScnText(trimmed)) form.decide({ until: { scn: String(BigInt(trimmed)) } });
  };
  return (
    <div className="control wizard-scn">
      <label htmlFor={id}>{text("wizard.scn")}</label>
      <Input
        id={id}
        value={typing?.kind === "scn" ? typing.text : String(at)}
        status={isBad || !isReadable ? "error" : ""}
        aria-invalid={isBad || !isReadable}
        inputMode="numeric"
        autoComplete="off"
        onChange={(event) => type(event.target.value)}
        onBlur={() => (isReadable ? form.setTyping(null) : undefined)}
      />
      {isReadable ? null : <p className="gap-words">{text("wizard.typed.scnUnreadable")}</p>}
    </div>
  );
}
