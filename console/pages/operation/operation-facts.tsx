import { Link } from "@tanstack/react-router";
import { useAnswer } from "../../api.ts";
import { useFigures } from "../../messages/figures.ts";
import { useText } from "../../messages/text.ts";
import { Card } from "../../parts/card.tsx";
import { type Fact, Facts } from "../../parts/facts.tsx";
import type { OperationAnswer } from "../../parts/operation-words.ts";
import { instantOfMicros, instantOfScn, TimeText } from "../../parts/time.tsx";
import type { TenantRef } from "../../tenant-ref.ts";

export function OperationFacts({ operation }: { readonly operation: OperationAnswer }) {
  const text = useText();
  const { duration } = useFigures();
  const ended = operation.endedAt;
  const facts: readonly Fact[] = [
    { label: text("operation.id"), value: <code>{operation.id}</code> },
    ...useRequestFacts(operation),
    { label: text("field.started"), value: <TimeText at={instantOfMicros(operation.requestedAt)} /> },
    { label: text("field.ended"), value: ended === null ? "—" : <TimeText at={instantOfMicros(ended)} /> },
    {
      label: text("field.took"),
      value: ended === null ? "—" : duration((ended - operation.requestedAt) / 1e6),
    },
    { label: text("operation.job"), value: operation.result.jobId ?? "—" },
  ];
  return (
    <Card title={text("operation.facts")} className="side-card">
      <Facts facts={facts} />
    </Card>
  );
}

function useRequestFacts(operation: OperationAnswer): readonly Fact[] {
  const text = useText();
  const { request } = operation;
  if (request.kind === "restore") {
    const source = request.source;
    const target = { cluster: request.target.cluster, tenant: request.target.tenant };
    return [
      { label: text("restore.sourceTenant"), value: <TenantName {...source} /> },
      { label: text("restore.targetTenant"), value: <TenantName {...target} /> },
      { label: text("restore.point"), value: <TimeText at={instantOfScn(request.until)} format="full" /> },
      { label: "SCN", value: <code>{request.until}</code> },
    ];
  }
  const tenant = { label: text("tenants.name"), value: <TenantName {...operation} /> };
  if (request.kind === "back-up") {
    return [
      tenant,
      { label: text("task.type"), value: text(`type.${operation.result.actualType ?? request.type}`) },
      { label: "PLUS ARCHIVELOG", value: text(request.plusArchivelog ? "word.yes" : "word.no") },
    ];
  }
  if (request.kind === "set-destinations") {
    return [
      tenant,
      { label: text("destination.data"), value: <code>{request.data ?? "—"}</code> },
      { label: text("destination.archive"), value: <code>{request.archive ?? "—"}</code> },
    ];
  }
  return [tenant];
}

/** A tenant that is not there has no page: what a restore was to make, or what was dropped since. */
function TenantName({ cluster, tenant }: TenantRef) {
  const rows = useAnswer("listTenants", { query: { cluster } }).data?.items ?? [];
  if (!rows.some((row) => row.tenant.name === tenant)) return `${tenant} · ${cluster}`;
  return (
    <>
      <Link to="/tenants/$cluster/$tenant/backup" params={{ cluster, tenant }}>
        {tenant}
      </Link>{" "}
      · {cluster}
    </>
  );
}
