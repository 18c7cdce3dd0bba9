import { Input } from "@oceanbase/design";
import { useId, useState } from "react";
import { api } from "../../api.ts";
import { useText } from "../../messages/text.ts";
import { ProblemNote } from "../../parts/problem-note.tsx";
import { FormDrawer } from "./form-drawer.tsx";
import { useRefusals } from "./refusals.ts";
import type { TenantAnswer } from "./tenant-identity.tsx";
import { useSending } from "./use-sending.ts";

interface DestinationsFormProps {
  readonly page: TenantAnswer;
  readonly onClose: () => void;
}

/** Where a tenant backs up to. What is left unchanged is not sent: a masked secret must not overwrite the real one. */
export function DestinationsForm({ page, onClose }: DestinationsFormProps) {
  const text = useText();
  const { destinations } = page;
  const [data, setData] = useState(destinations.data ?? "");
  const [archive, setArchive] = useState(destinations.archive ?? "");
  const { isSending, problem, send } = useSending(onClose);
  const refusal = useRefusals(page.cluster.name)(page.actions.setDestinations);
  const params = { cluster: page.cluster.name, tenant: page.tenant.name };
  const changed = {
    data: changedOrNull(data, destinations.data),
    archive: changedOrNull(archive, destinations.archive),
  };
  const hasChange = changed.data !== null || changed.archive !== null;
  return (
    <FormDrawer
      title={text("destinationsForm.title", { tenant: page.tenant.name })}
      verb={text("action.setDestinations")}
      reason={isSending ? null : (refusal ?? (hasChange ? null : text("destinationsForm.nothingChanged")))}
      isSending={isSending}
      onSend={() =>
        send((requestId) => api.call("setDestinations", { params, body: { requestId, ...changed } }))
      }
      onClose={onClose}
    >
      <p>{text("destinationsForm.says")}</p>
      <UriControl label={text("destination.data")} value={data} leaf="data" onChange={setData} page={page} />
      <UriControl
        label={text("destination.archive")}
        value={archive}
        leaf="clog"
        onChange={setArchive}
        page={page}
      />
      {problem ? <ProblemNote problem={problem} /> : null}
    </FormDrawer>
  );
}

function changedOrNull(typed: string, known: string | null): string | null {
  const uri = typed.trim();
  return uri === "" || uri === known ? null : uri;
}

interface UriControlProps {
  readonly label: string;
  readonly value: string;
  readonly leaf: "data" | "clog";
  readonly page: TenantAnswer;
  readonly onChange: (value: string) => void;
}

function UriControl({ label, value, leaf, page, onChange }: UriControlProps) {
  const text = useText();
  const id = useId();
  const example = `file:///backup/${page.cluster.name}/${page.tenant.name}/${leaf}`;
  return (
    <div className="control">
      <label htmlFor={id}>{label}</label>
      <Input
        id={id}
        value={value}
        placeholder=""
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => onChange(event.target.value)}
      />
      <p className="second">
        {text("destinationsForm.example")}{" "}
        <button type="button" className="as-link" onClick={() => onChange(example)}>
          {example}
        </button>
      </p>
    </div>
  );
}
