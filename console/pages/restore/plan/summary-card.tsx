import { formatBytes } from "../../../messages/figures.ts";
import { useText } from "../../../messages/text.ts";
import { Card } from "../../../parts/card.tsx";
import { Facts } from "../../../parts/facts.tsx";
import { formatInstant, useZone } from "../../../parts/time.tsx";
import type { RestoreForm } from "../use-restore-form.ts";

interface SummaryCardProps {
  readonly form: RestoreForm;
  readonly until: bigint;
}

export function SummaryCard({ form, until }: SummaryCardProps) {
  const text = useText();
  const zone = useZone();
  const { source, proposal, draft } = form;
  const unit = useUnitText(form);
  return (
    <Card title={text("wizard.summary")}>
      <Facts
        facts={[
          { label: text("wizard.sourceTenant"), value: `${source.tenant} · ${source.cluster}` },
          { label: text("wizard.instant"), value: formatInstant(until, { zone, style: "full" }) },
          { label: "SCN", value: <code>{String(until)}</code> },
          { label: text("wizard.targetCluster"), value: proposal.cluster },
          {
            label: text("wizard.targetTenant"),
            value: (
              <>
                {proposal.tenant} <span className="pale">{text("wizard.new")}</span>
              </>
            ),
          },
          { label: text("wizard.unit"), value: unit },
          {
            label: text("wizard.unitCount"),
            value: text("wizard.unitCountValue", { count: draft.unitCount }),
          },
          {
            label: text("wizard.locality"),
            value: text("wizard.localityValue", { zones: proposal.zones.join(" ") }),
          },
          {
            label: text("wizard.primaryZone"),
            value: draft.primaryZone ?? text("wizard.primaryZone.default"),
          },
          {
            label: text("wizard.concurrency"),
            value: draft.concurrency ?? text("wizard.concurrency.default"),
          },
          {
            label: text("wizard.after"),
            value: text(draft.activate ? "wizard.after.activate" : "wizard.after.standby"),
          },
        ]}
      />
    </Card>
  );
}

const GIB = 1024 ** 3;

function useUnitText({ proposal, resources }: RestoreForm): string {
  const text = useText();
  const { unit } = proposal;
  if (!("name" in unit)) {
    return text("wizard.unit.says", {
      cpu: unit.cpu,
      memory: formatBytes(unit.memoryGib * GIB),
      logDisk: formatBytes(unit.logDiskGib * GIB),
    });
  }
  const config = resources?.unitConfigs.find(({ name }) => name === unit.name);
  if (!config) return unit.name;
  const size = text("wizard.unit.says", {
    cpu: config.maxCpu,
    memory: formatBytes(config.memoryBytes),
    logDisk: formatBytes(config.logDiskBytes),
  });
  return `${unit.name}: ${size}`;
}
