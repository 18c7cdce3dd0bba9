import type { Reply, SqlError } from "../engine.ts";
import type { TenantData } from "../tenant-data/tenant-data.ts";
import type { SystemViews } from "./system-views.ts";

export type VariableValue = string | number | bigint | null;

/** What a statement outside of a tenant's own SQL may know and change about the session that sent it. */
export interface SessionContext {
  readonly connectionId: number;
  readonly tenantName: string;
  readonly user: string;
  readonly database: string | undefined;
  /** Minutes east of UTC: 480 for +08:00. */
  readonly zoneMinutes: number;
  /** Session words of the cluster's own (encryption password, restore sources, preview). Emptied by a reset. */
  readonly words: Map<string, unknown>;
  /** A system variable as this session sees it; undefined when unknown. */
  variable(name: string): VariableValue | undefined;
  now(): bigint;
}

export interface SessionOptions {
  readonly tenantName: string;
  /** 1 for sys, 1002 and up for user tenants: effective_tenant_id(). */
  readonly tenantId: number;
  /** Without tenant and cluster: `root`. */
  readonly user: string;
  readonly clientAddress: string;
  readonly connectionId: number;
  /** Current database at login. Opening fails with 1049 when it does not exist. */
  readonly database: string | undefined;
  readonly data: TenantData;
  readonly views: SystemViews;
  /** Nanoseconds since 1970, the sandbox's clock. */
  now(): bigint;
  /** What version() says: `5.7.25-OceanBase_CE-v4.2.5.1`; ob_version() is what stands behind its `-v`. */
  readonly versionText: string;
  /** @@version_comment. */
  readonly versionComment: string;
  /** Asked before each statement that would change data: undefined, or the error to answer (4688 in a standby tenant). */
  refuseWrite?(): SqlError | undefined;
  /** The tenant's global variables that differ from the defaults. SET GLOBAL writes here, all sessions of a tenant share it. */
  readonly globals: Map<string, VariableValue>;
  /** The sessions that SHOW PROCESSLIST lists; absent: this one only. */
  processes?(): readonly Process[];
  /**
   * Asked first for every statement that does not begin with SELECT, WITH, INSERT, REPLACE, UPDATE, DELETE, BEGIN, START,
   * COMMIT, ROLLBACK or an opening parenthesis. A Reply or a thrown SqlError is the answer; undefined leaves the statement to the session.
   */
  intercept?(sql: string, session: SessionContext): Reply | undefined;
}

export interface Process {
  readonly id: number;
  readonly user: string;
  readonly host: string;
  readonly database: string | undefined;
  readonly command: string;
  readonly seconds: number;
  readonly state: string;
  readonly info: string | null;
}
