import { Input, Radio } from "@oceanbase/design";
import { useText } from "../../../messages/text.ts";
import { Card } from "../../../parts/card.tsx";
import type { RestoreForm } from "../use-restore-form.ts";
import { Control } from "./control.tsx";

/** The part of the design library's radio event that is read; it types its own as any. */
interface Chosen {
  readonly target: { readonly value?: unknown };
}

interface AfterCardProps {
  readonly form: RestoreForm;
  /** Sets that need a password, as far as they are known. */
  readonly encrypted: readonly string[];
}

/** What happens when the data is there; and the passwords of encrypted sets. */
export function AfterCard({ form, encrypted }: AfterCardProps) {
  const text = useText();
  return (
    <Card title={text("wizard.after")} className="wizard-grid">
      <fieldset className="wizard-wide">
        <legend className="for-readers">{text("wizard.after")}</legend>
        <Radio.Group
          value={form.draft.activate ? "activate" : "standby"}
          onChange={(event: Chosen) => form.decide({ activate: event.target.value === "activate" })}
        >
          <Radio value="standby">{text("wizard.after.standby")}</Radio>
          <Radio value="activate">{text("wizard.after.activate")}</Radio>
        </Radio.Group>
        <p className="second">{text("wizard.after.hint")}</p>
      </fieldset>
      {encrypted.length === 0 && form.passwords.length === 0 ? null : (
        <Control
          isWide
          label={text("wizard.passwords")}
          hint={
            encrypted.length === 0
              ? text("wizard.passwordsKept")
              : text("wizard.passwordsHint", { sets: encrypted.join(", ") })
          }
        >
          {(id) => <Passwords id={id} form={form} />}
        </Control>
      )}
    </Card>
  );
}

const MOST_PASSWORDS = 16;

/** One field per password, and an empty one after the last. */
function Passwords({ id, form }: { readonly id: string; readonly form: RestoreForm }) {
  const { passwords, setPasswords } = form;
  const text = useText();
  const change = (index: number, typed: string) =>
    setPasswords(shown.map((known, at) => (at === index ? typed : known)).filter((known) => known !== ""));
  const shown = [...passwords, ""].slice(0, MOST_PASSWORDS);
  return (
    <div className="wizard-passwords">
      {shown.map((password, index) => (
        <Input.Password
          // biome-ignore lint/suspicious/noArrayIndexKey: a password has no other name than its place
          key={index}
          id={index === 0 ? id : `${id}-${index}`}
          aria-label={index === 0 ? undefined : text("wizard.passwords")}
          autoComplete="new-password"
          maxLength={128}
          value={password}
          onChange={(event) => change(index, event.target.value)}
        />
      ))}
    </div>
  );
}
