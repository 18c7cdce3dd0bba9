import type { ExpressionBuilder } from "kysely";
import type { Operation } from "../domain/operation.ts";
import { clusterUnknown } from "./clusters.ts";
import { fromText, toText } from "./columns.ts";
import { refuseReusedRequest, refuseSecondActive } from "./operation-refusals.ts";
import type { OperationRow, Schema } from "./schema.ts";
import type { Shared } from "./shared.ts";
import type { OperationFilter, OperationPage, OperationSecrets } from "./store.ts";
import type { Announcement } from "./writer.ts";

const PAGE_AT_MOST = 200;

export async function requestOperation(
  shared: Shared,
  operation: Operation,
  secrets: OperationSecrets | null,
): Promise<Operation> {
  return shared.writer.write(async ({ tx, announce }) => {
    const earlier = await findRecord(tx, (where) => where("request_id", "=", operation.requestId));
    if (earlier) return refuseReusedRequest(earlier, operation);
    if (!shared.recorded.has(operation.cluster)) throw clusterUnknown(operation.cluster);
    const active = await findRecord(tx, (where) =>
      where.and({ cluster: operation.cluster, tenant: operation.tenant, active_kind: operation.kind }),
    );
    if (active) throw refuseSecondActive(active);
    const { number } = announce(operationChange(operation));
    await tx.insertInto("operation").values(newRow(operation, number)).execute();
    if (secrets && operation.phase !== "ended") {
      const sealed = shared.seal.seal(secretsIdentity(operation.id), toText(secrets));
      await tx.insertInto("operation_secret").values({ operation: operation.id, sealed }).execute();
    }
    return operation;
  });
}

function newRow(operation: Operation, sequence: number): OperationRow {
  const { request } = operation;
  const source = request.kind === "restore" ? request.source : undefined;
  return {
    id: operation.id,
    request_id: operation.requestId,
    sequence,
    kind: operation.kind,
    cluster: operation.cluster,
    tenant: operation.tenant,
    source_cluster: source?.cluster ?? null,
    source_tenant: source?.tenant ?? null,
    requested_at: operation.requestedAt,
    ...changingColumns(operation),
  };
}

function changingColumns(operation: Operation) {
  return {
    phase: operation.phase,
    outcome: operation.outcome,
    active_kind: operation.phase === "ended" ? null : operation.kind,
    revision: operation.revision,
    record: toText(operation),
  };
}

/** What the secrets are sealed for: the same words for ever, or what is stored no longer opens. */
export function secretsIdentity(operation: string): string {
  return `operation secrets ${operation}`;
}

function operationChange({ cluster, tenant, id }: Operation): Announcement {
  return { topic: "operation", cluster, tenant, operation: id };
}

export async function readOperationOfRequest(
  shared: Shared,
  requestId: string,
): Promise<Operation | undefined> {
  return findRecord(shared.db, (where) => where("request_id", "=", requestId));
}

export async function readSecrets(shared: Shared, id: string): Promise<OperationSecrets | null> {
  const row = await shared.db
    .selectFrom("operation_secret")
    .select("sealed")
    .where("operation", "=", id)
    .executeTakeFirst();
  return row ? fromText<OperationSecrets>(shared.seal.open(secretsIdentity(id), row.sealed)) : null;
}

type Where = ExpressionBuilder<Schema, "operation">;
type Term = ReturnType<Where["and"]>;

async function findRecord(db: Shared["db"], term: (where: Where) => Term): Promise<Operation | undefined> {
  const row = await db.selectFrom("operation").select("record").where(term).executeTakeFirst();
  return row && fromText<Operation>(row.record);
}

export async function readOperation(shared: Shared, id: string): Promise<Operation | undefined> {
  return findRecord(shared.db, (where) => where.and({ id }));
}

export async function readActiveOperations(shared: Shared): Promise<readonly Operation[]> {
  const rows = await shared.db
    .selectFrom("operation")
    .select("record")
    .where("active_kind", "is not", null)
    .orderBy("sequence")
    .execute();
  return rows.map((row) => fromText<Operation>(row.record));
}

export async function readOperations(shared: Shared, filter: OperationFilter): Promise<OperationPage> {
  const matching = shared.db.selectFrom("operation").where((where) => matches(where, filter));
  const { total } = await matching
    .select((select) => select.fn.countAll().as("total"))
    .executeTakeFirstOrThrow();
  const rows = await matching
    .select("record")
    .orderBy("requested_at", "desc")
    .orderBy("sequence", "desc")
    .limit(Math.min(filter.limit ?? PAGE_AT_MOST, PAGE_AT_MOST))
    .offset(filter.offset ?? 0)
    .execute();
  return { total: Number(total), operations: rows.map((row) => fromText<Operation>(row.record)) };
}

function matches(where: Where, { cluster, tenant, kinds, from, to }: OperationFilter): Term {
  const here = where.and({
    ...(cluster !== undefined && { cluster }),
    ...(tenant !== undefined && { tenant }),
  });
  const source = where.and({
    ...(cluster !== undefined && { source_cluster: cluster }),
    ...(tenant !== undefined && { source_tenant: tenant }),
  });
  return where.and([
    where.or([here, source]),
    ...(kinds ? [kinds.length > 0 ? where("kind", "in", kinds) : where.lit(false)] : []),
    ...(from !== undefined ? [where("requested_at", ">=", from)] : []),
    ...(to !== undefined ? [where("requested_at", "<=", to)] : []),
  ]);
}

export async function saveOperation(shared: Shared, operation: Operation): Promise<Operation | undefined> {
  const next: Operation = { ...operation, revision: operation.revision + 1 };
  return shared.writer.write(async ({ tx, announce }) => {
    const { numUpdatedRows } = await tx
      .updateTable("operation")
      .set(changingColumns(next))
      .where("id", "=", operation.id)
      .where("revision", "=", operation.revision)
      .where("phase", "<>", "ended")
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return undefined;
    if (next.phase === "ended") {
      await tx.deleteFrom("operation_secret").where("operation", "=", next.id).execute();
    }
    announce(operationChange(next));
    return next;
  });
}
