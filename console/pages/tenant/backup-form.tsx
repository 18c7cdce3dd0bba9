import { Checkbox, Input, Radio } from "@oceanbase/design";
import { useId, useState } from "react";
import { api, useAnswer } from "../../api.ts";
import { useText } from "../../messages/text.ts";
import { Answered } from "../../parts/answered.tsx";
import { Facts } from "../../parts/facts.tsx";
import { Glyph } from "../../parts/glyph.tsx";
import { ProblemNote } from "../../parts/problem-note.tsx";
import { Statements } from "../../parts/statements.tsx";
import { FormDrawer } from "./form-drawer.tsx";
import { useRefusals } from "./refusals.ts";
import type { TenantAnswer } from "./tenant-identity.tsx";
import { useSending } from "./use-sending.ts";

interface BackupFormProps {
  readonly page: TenantAnswer;
  readonly onClose: () => void;
}

interface BackupChoice {
  readonly type: "full" | "incremental";
  readonly plusArchivelog: boolean;
  readonly password: string;
}

/** 立即备份 (X7): what will be sent, as SQL and as the command line it stands for, before it is sent. */
export function BackupForm({ page, onClose }: BackupFormProps) {
  const text = useText();
  const [choice, setChoice] = useState<BackupChoice>({ type: "full", plusArchivelog: false, password: "" });
  const { isSending, problem, send } = useSending(onClose);
  const reason = useRefusals(page.cluster.name)(page.actions.backUp);
  const params = { cluster: page.cluster.name, tenant: page.tenant.name };
  const { type, plusArchivelog, password } = choice;
  const submit = () =>
    send((requestId) =>
      api.call("backUp", {
        params,
        body: { requestId, type, plusArchivelog, encryptionPassword: password === "" ? null : password },
      }),
    );
  return (
    <FormDrawer
      title={text("backupForm.title", { tenant: page.tenant.name })}
      verb={text("action.backUpNow")}
      reason={isSending ? null : reason}
      isSending={isSending}
      onSend={submit}
      onClose={onClose}
    >
      <Where page={page} />
      <Choices page={page} choice={choice} onChange={setChoice} />
      {problem ? <ProblemNote problem={problem} /> : null}
      <Preview page={page} choice={choice} />
    </FormDrawer>
  );
}

function Where({ page }: { readonly page: TenantAnswer }) {
  const text = useText();
  const unset = <span className="pale">{text("field.notSet")}</span>;
  return (
    <Facts
      facts={[
        { label: text("tenants.name"), value: `${page.tenant.name} · ${page.cluster.name}` },
        { label: text("cluster.version"), value: `OceanBase ${page.cluster.version}` },
        { label: text("field.method"), value: text("method.physical") },
        {
          label: text("destination.data"),
          value: page.destinations.data ? <code>{page.destinations.data}</code> : unset,
        },
      ]}
    />
  );
}

/** The part of the design library's checkbox event that is read; it types its own as any. */
interface Checked {
  readonly target: { readonly checked: boolean };
}

interface ChoicesProps {
  readonly page: TenantAnswer;
  readonly choice: BackupChoice;
  readonly onChange: (choice: BackupChoice) => void;
}

function Choices({ page, choice, onChange }: ChoicesProps) {
  const text = useText();
  const passwordId = useId();
  return (
    <>
      <fieldset>
        <legend>{text("task.type")}</legend>
        <Radio.Group
          value={choice.type}
          onChange={(event) => onChange({ ...choice, type: event.target.value as BackupChoice["type"] })}
        >
          <Radio value="full">
            <Glyph name="full" size={12} /> {text("type.full")}
          </Radio>
          <Radio value="incremental">
            <Glyph name="incremental" size={12} /> {text("type.incremental")}
          </Radio>
        </Radio.Group>
        {choice.type === "incremental" && page.lastDataBackup === null ? (
          <p className="warning-words">{text("backupForm.becomesFull")}</p>
        ) : null}
      </fieldset>
      <Checkbox
        checked={choice.plusArchivelog}
        onChange={(event: Checked) => onChange({ ...choice, plusArchivelog: event.target.checked })}
      >
        {text("backupForm.plusArchivelog")}
      </Checkbox>
      <div className="control">
        <label htmlFor={passwordId}>{text("backupForm.password")}</label>
        <Input.Password
          id={passwordId}
          autoComplete="new-password"
          placeholder=""
          maxLength={128}
          value={choice.password}
          onChange={(event) => onChange({ ...choice, password: event.target.value })}
        />
        <p className="second">{text("backupForm.passwordHint")}</p>
      </div>
    </>
  );
}

function Preview({ page, choice }: { readonly page: TenantAnswer; readonly choice: BackupChoice }) {
  const text = useText();
  const preview = useAnswer("previewBackup", {
    params: { cluster: page.cluster.name, tenant: page.tenant.name },
    body: {
      type: choice.type,
      plusArchivelog: choice.plusArchivelog,
      encrypted: choice.password !== "",
    },
  });
  return (
    <Answered query={preview} room={180}>
      {({ statements, commandLine }) => (
        <>
          <Statements title={text("preview.sql")} lines={statements} copyLabel={text("copy.sql")} />
          <Statements
            title={text("preview.commandLine")}
            lines={[commandLine]}
            copyLabel={text("copy.command")}
          />
        </>
      )}
    </Answered>
  );
}
