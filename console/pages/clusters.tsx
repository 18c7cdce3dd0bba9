import { Link } from "@tanstack/react-router";
import type { AnswerOf } from "../../src/api/contract.ts";
import { useAnswer } from "../api.ts";
import { useText } from "../messages/text.ts";
import { Answered } from "../parts/answered.tsx";
import { Card } from "../parts/card.tsx";
import { Empty } from "../parts/empty.tsx";
import { ObservationAge } from "../parts/observation.tsx";
import { PageHead } from "../parts/page-head.tsx";
import { type Column, RecordTable } from "../parts/record-table.tsx";

type ClusterRow = AnswerOf<"listClusters">["items"][number];

export function ClustersPage() {
  const text = useText();
  const clusters = useAnswer("listClusters", {});
  return (
    <>
      <PageHead title={text("frame.clusters")} />
      <Answered query={clusters} room={240}>
        {({ items }) => (
          <Card>
            <p className="verdict">
              {text("clusters.verdict", {
                total: items.length,
                lost: items.filter((item) => item.unobserved !== null).length,
              })}
            </p>
            {items.length === 0 ? (
              <Empty says={text("tenants.none")}>
                <code>holdfast cluster add NAME --address HOST:PORT</code>
              </Empty>
            ) : (
              <ClusterTable rows={items} />
            )}
          </Card>
        )}
      </Answered>
    </>
  );
}

function ClusterTable({ rows }: { readonly rows: readonly ClusterRow[] }) {
  const text = useText();
  const columns: readonly Column<ClusterRow>[] = [
    { key: "name", title: text("tenants.cluster"), render: (row) => <ClusterLink row={row} /> },
    { key: "version", title: text("cluster.version"), render: (row) => row.version },
    { key: "address", title: text("cluster.address"), render: (row) => `${row.host}:${row.port}` },
    { key: "own", title: text("cluster.ownName"), render: (row) => row.clusterName },
    { key: "kind", title: text("cluster.comment"), render: (row) => row.versionComment },
    { key: "tenants", title: text("frame.tenants"), isFigure: true, render: (row) => row.tenantCount },
    { key: "seen", title: text("cluster.seen"), render: (row) => <ObservationAge cluster={row.name} /> },
  ];
  return (
    <RecordTable
      caption={text("frame.clusters")}
      columns={columns}
      rows={rows}
      keyOf={(row) => row.name}
      renderCard={(row) => (
        <>
          <p className="card-title">
            <ClusterLink row={row} /> <span className="second">{row.version}</span>
          </p>
          <p className="second">{row.versionComment}</p>
          <ObservationAge cluster={row.name} />
        </>
      )}
    />
  );
}

function ClusterLink({ row }: { readonly row: ClusterRow }) {
  return (
    <Link to="/clusters/$cluster" params={{ cluster: row.name }}>
      {row.name}
    </Link>
  );
}
