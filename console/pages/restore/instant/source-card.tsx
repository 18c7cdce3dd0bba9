import { useText } from "../../../messages/text.ts";
import { Card } from "../../../parts/card.tsx";
import { Facts } from "../../../parts/facts.tsx";
import type { RestoreForm } from "../use-restore-form.ts";

export function SourceCard({ form }: { readonly form: RestoreForm }) {
  const text = useText();
  const { destinations, cluster } = form.page;
  const paths = [destinations.data, destinations.archive].filter((path) => path !== null);
  return (
    <Card title={text("wizard.source")} className="wizard-source">
      <Facts
        facts={[
          { label: text("wizard.sourceTenant"), value: text("wizard.sourceName", { ...form.source }) },
          { label: text("wizard.method"), value: text("wizard.methodValue", { version: cluster.version }) },
          {
            label: text("wizard.directories"),
            value:
              paths.length === 0
                ? text("wizard.notSet")
                : paths.map((path) => <code key={path}>{path}</code>),
          },
        ]}
      />
    </Card>
  );
}
