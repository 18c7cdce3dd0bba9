import { Link } from "@tanstack/react-router";
import type { AnswerOf } from "../../src/api/contract.ts";
import { useAnswer } from "../api.ts";
import { useFigures } from "../messages/figures.ts";
import { useText } from "../messages/text.ts";
import { Answered } from "../parts/answered.tsx";
import { Card } from "../parts/card.tsx";
import { Facts } from "../parts/facts.tsx";
import { ObservationAge } from "../parts/observation.tsx";
import { PageHead } from "../parts/page-head.tsx";
import { ProblemNote } from "../parts/problem-note.tsx";
import { ProtectionStatus } from "../parts/protection.tsx";
import { type Column, RecordTable } from "../parts/record-table.tsx";
import { Status } from "../parts/status.tsx";

type ClusterAnswer = AnswerOf<"showCluster">;
type Resources = NonNullable<ClusterAnswer["resources"]>;
type Server = Resources["servers"][number];

export function ClusterPage({ name }: { readonly name: string }) {
  const cluster = useAnswer("showCluster", { params: { cluster: name } });
  return (
    <>
      <PageHead title={name} identity={<ObservationAge cluster={name} />} />
      <Answered query={cluster} room={480}>
        {(answer) => (
          <>
            {answer.unobserved ? <ProblemNote problem={answer.unobserved.problem} /> : null}
            <Identity cluster={answer} />
            <TenantsOf cluster={name} />
            {answer.resources ? <ResourceCards resources={answer.resources} /> : null}
          </>
        )}
      </Answered>
    </>
  );
}

function Identity({ cluster }: { readonly cluster: ClusterAnswer }) {
  const text = useText();
  return (
    <Card title={text("cluster.identity")}>
      <Facts
        isWide
        facts={[
          { label: text("cluster.version"), value: `OceanBase ${cluster.version}` },
          { label: text("cluster.comment"), value: cluster.versionComment },
          { label: text("cluster.address"), value: `${cluster.host}:${cluster.port}` },
          { label: text("cluster.user"), value: cluster.user },
          { label: text("cluster.ownName"), value: cluster.clusterName },
        ]}
      />
    </Card>
  );
}

function TenantsOf({ cluster }: { readonly cluster: string }) {
  const text = useText();
  const tenants = useAnswer("listTenants", { query: { cluster } });
  return (
    <Card title={text("frame.tenants")}>
      <Answered query={tenants} room={80}>
        {({ items }) => (
          <ul className="lines">
            {items.map((row) => (
              <li key={row.tenant.id}>
                <Link
                  to="/tenants/$cluster/$tenant/backup"
                  params={{ cluster: row.cluster, tenant: row.tenant.name }}
                >
                  {row.tenant.name}
                </Link>
                <ProtectionStatus row={row} />
              </li>
            ))}
          </ul>
        )}
      </Answered>
    </Card>
  );
}

function ResourceCards({ resources }: { readonly resources: Resources }) {
  const text = useText();
  return (
    <>
      <Card title={text("cluster.servers")} side={text("cluster.assignedOfTotal")}>
        <RecordTable
          caption={text("cluster.servers")}
          columns={useServerColumns()}
          rows={resources.servers}
          keyOf={(row) => row.address}
          renderCard={(row) => <ServerCard server={row} />}
        />
      </Card>
      <Pools resources={resources} />
    </>
  );
}

function useServerColumns(): readonly Column<Server>[] {
  const text = useText();
  const { bytes } = useFigures();
  const room = (of: { total: number; assigned: number }) => `${bytes(of.assigned)} / ${bytes(of.total)}`;
  return [
    { key: "zone", title: "Zone", render: (row) => row.zone },
    { key: "address", title: text("cluster.address"), render: (row) => row.address },
    { key: "status", title: text("field.status"), render: (row) => <ServerStatus server={row} /> },
    { key: "cpu", title: "CPU", isFigure: true, render: (row) => `${row.cpu.assigned} / ${row.cpu.total}` },
    { key: "memory", title: text("cluster.memory"), isFigure: true, render: (row) => room(row.memoryBytes) },
    { key: "log", title: text("cluster.logDisk"), isFigure: true, render: (row) => room(row.logDiskBytes) },
    {
      key: "data",
      title: text("cluster.dataDisk"),
      isFigure: true,
      render: (row) => room(row.dataDiskBytes),
    },
  ];
}

function ServerStatus({ server }: { readonly server: Server }) {
  return <Status tone={server.isActive ? "good" : "bad"}>{server.statusWord}</Status>;
}

function ServerCard({ server }: { readonly server: Server }) {
  const { bytes } = useFigures();
  return (
    <>
      <p className="card-title">
        {server.zone} <span className="second">{server.address}</span>
      </p>
      <ServerStatus server={server} />
      <p className="second">
        CPU {server.cpu.assigned} / {server.cpu.total} · {bytes(server.memoryBytes.assigned)} /{" "}
        {bytes(server.memoryBytes.total)}
      </p>
    </>
  );
}

function Pools({ resources }: { readonly resources: Resources }) {
  const text = useText();
  const { bytes } = useFigures();
  const unitOf = (name: string) => resources.unitConfigs.find((config) => config.name === name);
  return (
    <Card title={text("cluster.pools")}>
      <ul className="lines">
        {resources.pools.map((pool) => {
          const unit = unitOf(pool.unitConfigName);
          return (
            <li key={pool.name}>
              <strong>{pool.name}</strong>
              <span>
                {pool.unitConfigName} × {pool.unitCount}
                {unit ? ` · ${unit.maxCpu} CPU · ${bytes(unit.memoryBytes)}` : ""}
              </span>
              <span className="second">{pool.zones.join(", ")}</span>
              {pool.tenantId === null ? <span className="second">{text("cluster.poolFree")}</span> : null}
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
