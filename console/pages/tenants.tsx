import { Link } from "@tanstack/react-router";
import type { AnswerOf } from "../../src/api/contract.ts";
import { useAnswer } from "../api.ts";
import { useFigures } from "../messages/figures.ts";
import { useText } from "../messages/text.ts";
import { Answered } from "../parts/answered.tsx";
import { Card } from "../parts/card.tsx";
import { Empty } from "../parts/empty.tsx";
import { PageHead } from "../parts/page-head.tsx";
import { type Protection, ProtectionStatus, protectionOf } from "../parts/protection.tsx";
import { type Column, RecordTable } from "../parts/record-table.tsx";
import { instantOfScn, TimeText } from "../parts/time.tsx";

type TenantRow = AnswerOf<"listTenants">["items"][number];

export function TenantsPage() {
  const text = useText();
  const tenants = useAnswer("listTenants", {});
  return (
    <>
      <PageHead title={text("frame.tenants")} />
      <Answered query={tenants} room={320}>
        {({ items }) => (
          <Card>
            <p className="verdict">
              <FleetVerdict rows={items} />
            </p>
            {items.length === 0 ? <NoTenants /> : <TenantTable rows={items} />}
          </Card>
        )}
      </Answered>
    </>
  );
}

/** The answer before the figures: how many can be restored, and how many cannot. */
function FleetVerdict({ rows }: { readonly rows: readonly TenantRow[] }) {
  const text = useText();
  const count = (protection: Protection) => rows.filter((row) => protectionOf(row) === protection).length;
  return text("tenants.verdict", {
    total: rows.length,
    restorable: count("restorable"),
    growing: count("growing-gap"),
    unprotected: count("unprotected"),
    unknown: count("unknown"),
  });
}

function NoTenants() {
  const text = useText();
  return (
    <Empty says={text("tenants.none")}>
      <code>holdfast cluster add NAME --address HOST:PORT</code>
    </Empty>
  );
}

function TenantTable({ rows }: { readonly rows: readonly TenantRow[] }) {
  const text = useText();
  return (
    <RecordTable
      caption={text("frame.tenants")}
      columns={useTenantColumns()}
      rows={rows}
      keyOf={(row) => `${row.cluster}/${row.tenant.name}`}
      renderCard={(row) => <TenantCard row={row} />}
    />
  );
}

function useTenantColumns(): readonly Column<TenantRow>[] {
  const text = useText();
  const { bytes } = useFigures();
  return [
    { key: "name", title: text("tenants.name"), render: (row) => <TenantLink row={row} /> },
    { key: "cluster", title: text("tenants.cluster"), render: (row) => <ClusterLink name={row.cluster} /> },
    { key: "protection", title: text("tenants.protection"), render: (row) => <ProtectionStatus row={row} /> },
    { key: "latest", title: text("tenants.latest"), render: (row) => <MaybeTime scn={row.verdict.latest} /> },
    {
      key: "data",
      title: text("field.lastDataBackup"),
      render: (row) => <MaybeTime scn={row.lastDataBackup?.at ?? null} />,
    },
    {
      key: "log",
      title: text("field.logCheckpoint"),
      render: (row) => <MaybeTime scn={row.log.checkpoint} />,
    },
    { key: "delay", title: text("field.logDelay"), isFigure: true, render: (row) => <Delay row={row} /> },
    {
      key: "files",
      title: text("field.files"),
      isFigure: true,
      render: (row) => bytes(row.files.dataBytes + row.files.logBytes),
    },
  ];
}

function TenantLink({ row }: { readonly row: TenantRow }) {
  return (
    <Link to="/tenants/$cluster/$tenant" params={{ cluster: row.cluster, tenant: row.tenant.name }}>
      {row.tenant.name}
    </Link>
  );
}

function ClusterLink({ name }: { readonly name: string }) {
  return (
    <Link to="/clusters/$cluster" params={{ cluster: name }}>
      {name}
    </Link>
  );
}

/** A delay of logs that are not archived any more, or not seen any more, says nothing. */
function Delay({ row }: { readonly row: TenantRow }) {
  const { duration } = useFigures();
  if (row.isStale || row.log.delaySeconds === null || row.log.status !== "doing") return "—";
  return duration(row.log.delaySeconds);
}

function MaybeTime({ scn }: { readonly scn: string | null }) {
  const text = useText();
  return scn === null ? (
    <span className="pale">{text("field.never")}</span>
  ) : (
    <TimeText at={instantOfScn(scn)} />
  );
}

function TenantCard({ row }: { readonly row: TenantRow }) {
  const text = useText();
  return (
    <>
      <p className="card-title">
        <TenantLink row={row} /> <span className="second">{row.cluster}</span>
      </p>
      <ProtectionStatus row={row} />
      {row.verdict.latest === null ? null : (
        <p className="second">
          {text("tenants.latest")} <MaybeTime scn={row.verdict.latest} />
        </p>
      )}
    </>
  );
}
