import type { Reply } from "../engine.ts";
import type { Model } from "../model/model.ts";
import type { Tenant } from "../model/state.ts";
import type { SessionContext } from "../sql/session-options.ts";
import type { Accounts } from "./accounts.ts";

/** Who sends a statement, and to what. */
export interface Sender {
  readonly model: Model;
  readonly session: SessionContext;
  /** The tenant that was logged in to. */
  readonly tenant: Tenant;
  readonly accounts: Accounts;
  /** ALTER SYSTEM CHANGE TENANT: from now on views show this tenant's rows. */
  changeTenant(tenant: Tenant): void;
}

/** A statement that was understood whole; running it is a second step, so that syntax errors come before all others. */
export type Command = (sender: Sender) => Reply;

export const DONE: Reply = { kind: "ok" };

/** IF [NOT] EXISTS left nothing to do: done with a warning. */
export const SKIPPED: Reply = { kind: "ok", warnings: 1 };

export function isSys({ tenant }: Pick<Sender, "tenant">): boolean {
  return tenant.type === "SYS";
}
