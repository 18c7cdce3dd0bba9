import { InputNumber, Segmented, Select } from "@oceanbase/design";
import { formatBytes } from "../../../messages/figures.ts";
import { useText } from "../../../messages/text.ts";
import { Card } from "../../../parts/card.tsx";
import { primaryZonesOf, type Resources, type UnitChoice } from "../draft.ts";
import type { RestoreForm } from "../use-restore-form.ts";
import { Control } from "./control.tsx";

const GIB = 1024 ** 3;
/** 1 PiB: beyond any server, and still told in plain digits. */
const MOST_GIB = 1024 ** 2;

export function ResourceCard({ form }: { readonly form: RestoreForm }) {
  const text = useText();
  const { draft, proposal, decide } = form;
  return (
    <Card title={text("wizard.resources")} className="wizard-grid">
      <UnitControl form={form} />
      <Control label={text("wizard.unitCount")} hint={text("wizard.unitCountHint")}>
        {(id) => (
          <InputNumber
            id={id}
            min={1}
            max={64}
            precision={0}
            value={draft.unitCount}
            onChange={(count) => decide({ unitCount: Number(count ?? 1) })}
          />
        )}
      </Control>
      <Control label={text("wizard.primaryZone")}>
        {(id) => (
          <Select
            id={id}
            value={draft.primaryZone ?? ""}
            onChange={(chosen: string) => decide({ primaryZone: chosen === "" ? null : chosen })}
            options={[
              { value: "", label: text("wizard.primaryZone.default") },
              ...primaryZonesOf(proposal.zones).map((zones) => ({ value: zones, label: zones })),
            ]}
          />
        )}
      </Control>
      <Control label={text("wizard.concurrency")} hint={text("wizard.concurrencyHint")}>
        {(id) => (
          <InputNumber
            id={id}
            min={0}
            max={100}
            precision={0}
            placeholder={text("wizard.concurrency.default")}
            value={draft.concurrency}
            onChange={(count) => decide({ concurrency: count === null ? null : Number(count) })}
          />
        )}
      </Control>
    </Card>
  );
}

function UnitControl({ form }: { readonly form: RestoreForm }) {
  const text = useText();
  const { unit } = form.proposal;
  const configs = form.resources?.unitConfigs ?? [];
  const isExisting = "name" in unit;
  const change = (kind: unknown) => {
    const [first] = configs;
    if (kind === "existing" && first) form.decide({ unit: { name: first.name } });
    if (kind === "new") form.decide({ unit: sizeOf(unit, configs) });
  };
  return (
    <fieldset className="wizard-wide">
      <legend>{text("wizard.unit")}</legend>
      <Segmented
        aria-label={text("wizard.unit")}
        value={isExisting ? "existing" : "new"}
        onChange={change}
        options={[
          { value: "existing", label: text("wizard.unit.existing"), disabled: configs.length === 0 },
          { value: "new", label: text("wizard.unit.new") },
        ]}
      />
      <div className="wizard-unit">
        {isExisting ? (
          <UnitSelect form={form} name={unit.name} configs={configs} />
        ) : (
          <UnitSizes unit={unit} onChange={(size) => form.decide({ unit: size })} />
        )}
      </div>
    </fieldset>
  );
}

type Configs = Resources["unitConfigs"];
type UnitSize = Extract<UnitChoice, { readonly cpu: number }>;

/** A new unit begins as a copy of the one that was chosen before. */
function sizeOf(unit: UnitChoice, configs: Configs): UnitSize {
  if (!("name" in unit)) return unit;
  const config = configs.find(({ name }) => name === unit.name);
  if (!config) return { cpu: 2, memoryGib: 4, logDiskGib: 12 };
  return {
    cpu: config.maxCpu,
    memoryGib: Math.ceil(config.memoryBytes / GIB),
    logDiskGib: Math.ceil(config.logDiskBytes / GIB),
  };
}

interface UnitSelectProps {
  readonly form: RestoreForm;
  readonly name: string;
  readonly configs: Configs;
}

function UnitSelect({ form, name, configs }: UnitSelectProps) {
  const text = useText();
  return (
    <Select
      aria-label={text("wizard.unit.existing")}
      value={name}
      onChange={(chosen: string) => form.decide({ unit: { name: chosen } })}
      options={configs.map((config) => ({
        value: config.name,
        label: `${config.name} · ${text("wizard.unit.says", {
          cpu: config.maxCpu,
          memory: formatBytes(config.memoryBytes),
          logDisk: formatBytes(config.logDiskBytes),
        })}`,
      }))}
    />
  );
}

function UnitSizes({
  unit,
  onChange,
}: {
  readonly unit: UnitSize;
  readonly onChange: (unit: UnitSize) => void;
}) {
  const text = useText();
  const fields = [
    { part: "cpu", label: text("wizard.unit.cpu"), step: 0.5, most: 4096 },
    { part: "memoryGib", label: text("wizard.unit.memory"), step: 1, most: MOST_GIB },
    { part: "logDiskGib", label: text("wizard.unit.logDisk"), step: 1, most: MOST_GIB },
  ] as const;
  return (
    <>
      {fields.map(({ part, label, step, most }) => (
        <Control key={part} label={label}>
          {(id) => (
            <InputNumber
              id={id}
              min={step}
              max={most}
              step={step}
              value={unit[part]}
              onChange={(value) =>
                value === null ? undefined : onChange({ ...unit, [part]: Number(value) })
              }
            />
          )}
        </Control>
      ))}
    </>
  );
}
