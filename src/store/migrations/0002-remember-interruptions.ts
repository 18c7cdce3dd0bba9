import { type QueryExecutorProvider, sql } from "kysely";

/** Rounds seen interrupted stay so after OceanBase's own row has forgotten it. */
export async function up(db: QueryExecutorProvider): Promise<void> {
  await sql`alter table archive_round add column interruption text`.execute(db);
}
