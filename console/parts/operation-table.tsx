import { Link } from "@tanstack/react-router";
import { useFigures } from "../messages/figures.ts";
import { useText } from "../messages/text.ts";
import type { TenantRef } from "../tenant-ref.ts";
import { Empty } from "./empty.tsx";
import { type OperationAnswer, useOperationState, useOperationTitle } from "./operation-words.ts";
import { type Column, RecordTable } from "./record-table.tsx";
import { Share, Status } from "./status.tsx";
import { instantOfMicros, TimeText } from "./time.tsx";

interface OperationTableProps {
  readonly rows: readonly OperationAnswer[];
  /** The tenant in whose menu the list stands; null in the global list. */
  readonly of: TenantRef | null;
  readonly isOld?: boolean;
}

export function OperationTable({ rows, of, isOld }: OperationTableProps) {
  const text = useText();
  const columns = useOperationColumns(of);
  if (rows.length === 0) return <Empty says={text("operations.none")} />;
  return (
    <RecordTable
      caption={text("frame.operations")}
      columns={columns}
      rows={rows}
      isOld={isOld ?? false}
      keyOf={(row) => row.id}
      renderCard={(row) => (
        <>
          <p className="card-title">
            <OperationLink operation={row} of={of} />
          </p>
          <OperationStatus operation={row} />
          <p className="second">
            <TimeText at={instantOfMicros(row.requestedAt)} />
          </p>
        </>
      )}
    />
  );
}

function useOperationColumns(of: TenantRef | null): readonly Column<OperationAnswer>[] {
  const text = useText();
  const { duration } = useFigures();
  return [
    {
      key: "what",
      title: text("operation.what"),
      render: (row) => <OperationLink operation={row} of={of} />,
    },
    { key: "id", title: "ID", render: (row) => <code>{row.id}</code> },
    { key: "tenant", title: text("operation.where"), render: (row) => `${row.tenant} · ${row.cluster}` },
    {
      key: "started",
      title: text("field.started"),
      render: (row) => <TimeText at={instantOfMicros(row.requestedAt)} />,
    },
    {
      key: "took",
      title: text("field.took"),
      isFigure: true,
      render: (row) => (row.endedAt === null ? "—" : duration((row.endedAt - row.requestedAt) / 1e6)),
    },
    { key: "state", title: text("field.status"), render: (row) => <OperationStatus operation={row} /> },
  ];
}

interface OperationLinkProps {
  readonly operation: OperationAnswer;
  readonly of: TenantRef | null;
}

/** Stays inside the tenant's menu where the list stands in it. */
function OperationLink({ operation, of }: OperationLinkProps) {
  const title = useOperationTitle()(operation);
  return of ? (
    <Link to="/tenants/$cluster/$tenant/operations/$id" params={{ ...of, id: operation.id }}>
      {title}
    </Link>
  ) : (
    <Link to="/operations/$id" params={{ id: operation.id }}>
      {title}
    </Link>
  );
}

export function OperationStatus({ operation }: { readonly operation: OperationAnswer }) {
  const text = useText();
  const { tone, word } = useOperationState()(operation);
  const problem = operation.problem;
  return (
    <div className="status-cell">
      <Status tone={tone}>{word}</Status>
      {operation.outcome === null ? (
        <Share fraction={operation.progress?.fraction ?? null} label={text("field.progress")} />
      ) : null}
      {problem ? (
        <p className="status-second gap-words">
          {problem.oceanbase ? `${problem.code} (${problem.oceanbase.errno})` : problem.code}
        </p>
      ) : null}
    </div>
  );
}
