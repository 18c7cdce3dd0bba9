import { Checkbox, Input, Select } from "@oceanbase/design";
import { useAnswer } from "../../../api.ts";
import { useText } from "../../../messages/text.ts";
import { Card } from "../../../parts/card.tsx";
import { zonesOf } from "../draft.ts";
import type { RestoreForm } from "../use-restore-form.ts";
import { Control } from "./control.tsx";
import { targetFaults } from "./target-faults.ts";

/** 新建恢复租户: where it goes and what it is called. */
export function TenantCard({ form }: { readonly form: RestoreForm }) {
  const text = useText();
  const { proposal, decide } = form;
  const { tenant } = proposal;
  const faults = targetFaults(form);
  const faultOf = (of: "tenant" | "zones") => {
    const fault = faults.find((item) => item.of === of);
    return fault ? text(fault.says, fault.values) : undefined;
  };
  const zones = zonesOf(form.resources);
  return (
    <Card title={text("wizard.newTenant")} className="wizard-grid">
      <ClusterControl form={form} />
      <Control
        label={text("wizard.targetTenant")}
        hint={text("wizard.targetTenantHint")}
        fault={faultOf("tenant")}
      >
        {(id) => (
          <Input
            id={id}
            value={tenant}
            maxLength={128}
            spellCheck={false}
            autoComplete="off"
            status={faultOf("tenant") ? "error" : ""}
            onChange={(event) => decide({ tenant: event.target.value })}
          />
        )}
      </Control>
      <fieldset className="wizard-wide">
        <legend>{text("wizard.zones")}</legend>
        <Checkbox.Group
          options={zones.map((zone) => ({ value: zone, label: zone }))}
          value={[...proposal.zones]}
          onChange={(chosen: readonly unknown[]) =>
            decide({ zones: zones.filter((zone) => chosen.includes(zone)), primaryZone: null })
          }
        />
        <p className={faultOf("zones") ? "gap-words" : "second"}>
          {faultOf("zones") ?? text("wizard.zonesHint")}
        </p>
      </fieldset>
    </Card>
  );
}

function ClusterControl({ form }: { readonly form: RestoreForm }) {
  const text = useText();
  const clusters = useAnswer("listClusters", {}).data?.items ?? [];
  return (
    <Control label={text("wizard.targetCluster")}>
      {(id) => (
        <Select
          id={id}
          value={form.proposal.cluster}
          onChange={(cluster: string) => form.decide({ cluster })}
          options={clusters.map(({ name, version }) => ({ value: name, label: `${name} · ${version}` }))}
        />
      )}
    </Control>
  );
}
