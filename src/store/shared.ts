import type { Kysely } from "kysely";
import type { RecordedCluster } from "./recorded.ts";
import type { Schema } from "./schema.ts";
import type { Seal } from "./sealed.ts";
import type { Writer } from "./writer.ts";

/** What the parts of an open store have in common. */
export interface Shared {
  readonly db: Kysely<Schema>;
  readonly writer: Writer;
  readonly seal: Seal;
  /** Every cluster by name, with its last inventory. Changes only in `afterCommit`. */
  readonly recorded: Map<string, RecordedCluster>;
}
