import { type Connection, LockWait, type Login, type Reply, SqlError } from "../engine.ts";
import type { FaultyViews } from "../faults/faulty-views.ts";
import { type Model, SYS_TENANT_ID, tenantById } from "../model/model.ts";
import { refusal } from "../model/refusal.ts";
import { microsOf } from "../model/time.ts";
import { versionComment } from "../model/version.ts";
import { openSession } from "../sql/session.ts";
import type { SessionContext, SessionOptions, VariableValue } from "../sql/session-options.ts";
import { mayAlterSystem } from "../statements/account-statements.ts";
import type { Accounts, StoredAccount } from "../statements/accounts.ts";
import { readCommand } from "../statements/read-command.ts";
import { clusterViews } from "../views/cluster-views.ts";
import type { StatementRecord } from "./cluster-options.ts";

/** What a session needs of its cluster. */
export interface SessionHost {
  readonly model: Model;
  readonly accounts: Accounts;
  readonly globals: Map<string, VariableValue>;
  readonly clockScn: () => bigint;
  readonly faultyViews: FaultyViews;
  /** Brings the cluster to the present before a statement that asks about it or changes it. */
  catchUp(): void;
  /** Makes a change that a statement brought about lasting before it is answered. */
  save(): void;
  readonly onStatement?: (statement: StatementRecord) => void;
  left(session: TenantSession): void;
}

export interface SessionStart {
  readonly tenantId: number;
  readonly account: StoredAccount;
  readonly login: Login;
}

/**
 * One connection to one tenant. The tenant's own SQL runs in a session of sandbox/sql; the cluster's statements are taken
 * out before. That inner session is opened anew when the tenant's data file has been replaced (a standby that replays).
 */
export class TenantSession implements Connection {
  readonly tenantId: number;
  readonly #host: SessionHost;
  readonly #account: StoredAccount;
  readonly #login: Login;
  /** ALTER SYSTEM CHANGE TENANT: whose rows the views show. */
  #viewedId: number;
  #inner: Connection | undefined;

  constructor(host: SessionHost, { tenantId, account, login }: SessionStart) {
    this.tenantId = tenantId;
    this.#host = host;
    this.#account = account;
    this.#login = login;
    this.#viewedId = tenantId;
    this.#inner = this.#open();
  }

  get inTransaction(): boolean {
    return this.#inner?.inTransaction ?? false;
  }

  get autocommit(): boolean {
    return this.#inner?.autocommit ?? true;
  }

  execute(sql: string): Reply {
    try {
      this.#inner ??= this.#open();
      const reply = this.#inner.execute(sql);
      this.#record(sql, null);
      return reply;
    } catch (error) {
      // The wire sends the same statement again until the lock is free: it is recorded once, when it is answered.
      if (error instanceof SqlError && !(error instanceof LockWait)) this.#record(sql, error.errno);
      throw this.tenantId === SYS_TENANT_ID ? error : inTenantsWords(error);
    }
  }

  reset(): void {
    this.#viewedId = this.tenantId;
    this.#inner?.reset();
  }

  close(): void {
    this.release();
    this.#host.left(this);
  }

  /** Lets go of the tenant's data file; the next statement opens it again, with a new inner session. */
  release(): void {
    this.#inner?.close();
    this.#inner = undefined;
  }

  #record(sql: string, errno: number | null): void {
    const { model, onStatement, clockScn } = this.#host;
    onStatement?.({
      time: new Date(microsOf(clockScn()) / 1000).toISOString(),
      user: this.#account.name,
      tenant: tenantById(model, this.tenantId)?.name ?? "",
      version: model.version.text,
      sql,
      errno,
    });
  }

  #open(): Connection {
    const { model, globals, clockScn } = this.#host;
    const tenant = tenantById(model, this.tenantId);
    if (tenant === undefined) throw refusal("OB_TENANT_HAS_BEEN_DROPPED", String(this.tenantId));
    const options: SessionOptions = {
      tenantName: tenant.name,
      tenantId: tenant.id,
      user: this.#account.name,
      clientAddress: this.#login.clientAddress,
      connectionId: this.#login.connectionId,
      database: this.#login.database,
      data: model.media.data(tenant.id),
      views: this.#views(),
      now: clockScn,
      versionText: `5.7.25-OceanBase_CE-v${model.version.text}`,
      versionComment: versionComment(model.version),
      refuseWrite: () => this.#refuseWrite(),
      globals,
      intercept: (sql, session) => this.#intercept(sql, session),
    };
    return openSession(options);
  }

  #views() {
    const { model, faultyViews } = this.#host;
    const views = faultyViews.wrap(clusterViews(model, { tenantId: () => this.#viewedId }));
    return {
      names: () => views.names(),
      find: (name: string) => {
        this.#catchUp();
        return views.find(name);
      },
    };
  }

  /** Not in a standby, whose data file a replay may replace: the cluster's own ticks do it between statements. */
  #catchUp(): void {
    if (tenantById(this.#host.model, this.tenantId)?.role === "PRIMARY") this.#host.catchUp();
  }

  #refuseWrite(): SqlError | undefined {
    const role = tenantById(this.#host.model, this.tenantId)?.role;
    return role === "PRIMARY" ? undefined : refusal("OB_STANDBY_READ_ONLY");
  }

  #intercept(sql: string, session: SessionContext): Reply | undefined {
    const read = readCommand(sql, this.#host.model.version);
    if (read === undefined) return undefined;
    if (read.guarded && !mayAlterSystem(this.#account)) throw refusal("OB_ERR_NO_PRIVILEGE");
    const { model, accounts } = this.#host;
    this.#catchUp();
    const tenant = tenantById(model, this.tenantId);
    if (tenant === undefined) throw refusal("OB_TENANT_HAS_BEEN_DROPPED", String(this.tenantId));
    const changeTenant = ({ id }: { readonly id: number }) => {
      this.#viewedId = id;
    };
    try {
      return read.command({ model, session, tenant, accounts, changeTenant });
    } finally {
      this.#host.save();
    }
  }
}

const NO_SUCH_TABLE = 1146;

/** A user tenant keeps and tells names of tables in lower case (4.2.1.9: also those of views that sys alone has). */
function inTenantsWords(error: unknown): unknown {
  if (!(error instanceof SqlError) || error.errno !== NO_SUCH_TABLE) return error;
  return new SqlError(
    error.errno,
    error.sqlState,
    error.message.replace(/'.*?'/, (name) => name.toLowerCase()),
  );
}
