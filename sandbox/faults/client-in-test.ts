import { answerOf, type Row, type TestCluster } from "../cluster/cluster-in-test.ts";
import type { Connection } from "../engine.ts";
import { LineDropped } from "../engine.ts";
import type { Fault } from "./fault.ts";

/** A client of the cluster's engine: it sees what anyone sees who comes from outside. */
export interface TestClient {
  readonly connection: Connection;
  /** Rows by column name. Throws what the engine throws. */
  ask(sql: string): readonly Row[];
  /** `ok`, `dropped`, or `errno text`. */
  answer(sql: string): string;
}

let connections = 0;

export function connectTo({ cluster }: TestCluster, user = "root@sys"): TestClient {
  const login = { user, database: "oceanbase", clientAddress: "127.0.0.1", connectionId: ++connections };
  const connection = cluster.engine.account(login).open();
  return {
    connection,
    ask: (sql) => rowsOf(connection, sql),
    answer: (sql) => seen(() => connection.execute(sql)),
  };
}

export function seen(deed: () => unknown): string {
  try {
    return answerOf(deed);
  } catch (error) {
    if (error instanceof LineDropped) return "dropped";
    throw error;
  }
}

function rowsOf(connection: Connection, sql: string): readonly Row[] {
  const reply = connection.execute(sql);
  if (reply.kind !== "rows") throw new Error(`no rows: ${sql}`);
  const { columns } = reply;
  return reply.rows.map((row) =>
    Object.fromEntries(columns.map(({ name }, index) => [name, row[index] ?? null])),
  );
}

export function plan({ cluster }: TestCluster, ...faults: readonly Fault[]): void {
  cluster.faults.add(faults);
}

/** Job id and status of the children, running or ended. */
export function jobsOf(client: TestClient, view = "CDB_OB_BACKUP_JOBS"): readonly string[] {
  const rows = client.ask(`SELECT JOB_ID, STATUS FROM ${view} WHERE TENANT_ID > 1 ORDER BY JOB_ID`);
  return rows.map((row) => `${String(row["JOB_ID"])} ${String(row["STATUS"])}`);
}
