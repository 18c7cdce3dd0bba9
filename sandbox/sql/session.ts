import type { Connection, Reply } from "../engine.ts";
import { Catalog } from "./catalog/catalog.ts";
import type { TableDefinition } from "./catalog/table-definition.ts";
import { SYSTEM_SCHEMAS } from "./compile/from.ts";
import { StoreSlots } from "./compile/store-expression.ts";
import { noSuchTable, unknownDatabase } from "./errors.ts";
import { defineAggregates } from "./functions/aggregate-functions.ts";
import { defineDateFunctions } from "./functions/date-functions.ts";
import { defineDecimalFunctions } from "./functions/decimal-functions.ts";
import { defineJsonFunctions } from "./functions/json-functions.ts";
import { defineSessionFunctions, type SessionFacts } from "./functions/session-functions.ts";
import { defineTextFunctions } from "./functions/text-functions.ts";
import { autoIncrement } from "./session/auto-increment.ts";
import { Core } from "./session/core.ts";
import { informationSchemaView } from "./session/information-schema.ts";
import { INFORMATION_SCHEMA_NAMES } from "./session/information-schema-columns.ts";
import { PlanCache } from "./session/plan.ts";
import { planDataStatement } from "./session/plan-data-statement.ts";
import { runStatement } from "./session/run-statement.ts";
import { Transaction } from "./session/transaction.ts";
import { Variables } from "./session/variables.ts";
import { ViewLoader } from "./session/view-loader.ts";
import type { SessionContext, SessionOptions } from "./session-options.ts";
import type { SystemView } from "./system-views.ts";
import { toStored } from "./values/store.ts";
import { fromNanoseconds, instantText } from "./values/temporal.ts";

/** The statements that are never offered to `intercept`: they are answered ten thousand times a second. */
const OWN =
  /^\s*(?:\(|select\b|with\b|insert\b|replace\b|update\b|delete\b|begin\b|start\b|commit\b|rollback\b)/i;
const DATA = /^\s*(?:\(|(?:select|with|insert|replace|update|delete)\b)/i;
const COMMENT_FIRST = /^\s*(?:\/\*(?!!)[^]*?\*\/\s*|--\s[^\n]*\n\s*|#[^\n]*\n\s*)+/;

/** Opens one session of a tenant. Throws 1049 when `options.database` does not exist. */
export function openSession(options: SessionOptions): Connection {
  return new Session(options);
}

class Session implements Connection {
  readonly #core: Core;
  readonly #plans: PlanCache;
  readonly #context: SessionContext;
  readonly #options: SessionOptions;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#core = openCore(options);
    this.#plans = new PlanCache(this.#core, (sql) => planDataStatement(this.#core, sql));
    this.#context = contextOf(this.#core);
    defineFunctions(this.#core);
    try {
      this.#begin();
    } catch (error) {
      this.#core.db.close();
      throw error;
    }
  }

  #begin(): void {
    const { catalog, transaction } = this.#core;
    if (!catalog.exists && !this.#options.refuseWrite?.()) transaction.define(() => catalog.create());
    const { database } = this.#options;
    if (
      database !== undefined &&
      !SYSTEM_SCHEMAS.has(database.toLowerCase()) &&
      !catalog.hasDatabase(database)
    ) {
      throw unknownDatabase(database);
    }
  }

  get inTransaction(): boolean {
    return this.#core.transaction.explicit;
  }

  get autocommit(): boolean {
    return this.#core.transaction.autocommit;
  }

  execute(sql: string): Reply {
    const core = this.#core;
    core.statementTime = this.#options.now();
    const text = sql.replace(COMMENT_FIRST, "");
    if (DATA.test(text)) return this.#plans.run(text);
    if (this.#options.intercept && !OWN.test(text)) {
      const answer = this.#options.intercept(sql, this.#context);
      if (answer) return answer;
    }
    return runStatement(core, text);
  }

  reset(): void {
    const core = this.#core;
    core.transaction.rollback();
    core.transaction.autocommit = true;
    core.transaction.snapshotLevel = false;
    core.variables.reset();
    core.lastInsertId = 0n;
    core.database = this.#options.database?.toLowerCase();
    this.#context.words.clear();
  }

  close(): void {
    this.#core.transaction.rollback();
    this.#core.db.close();
  }
}

function openCore(options: SessionOptions): Core {
  const db = options.data.connect();
  const catalog = new Catalog(db, options.data);
  const findView = (schema: string, name: string): SystemView | undefined => {
    if (schema === "oceanbase") return options.views.find(name);
    return name === "show_result" ? core.shownResult : informationSchemaView(core, name);
  };
  const viewNames = (schema: string) =>
    schema === "oceanbase" ? options.views.names() : INFORMATION_SCHEMA_NAMES;
  const views = new ViewLoader(db, findView);
  const transaction = new Transaction({
    db,
    data: options.data,
    onRollback: () => views.forget(),
    onFailedDefinition: () => catalog.changed(),
    refuseWrite: () => options.refuseWrite?.(),
  });
  const variables = new Variables(options);
  const slots = new StoreSlots();
  const core = new Core({ options, db, catalog, variables, slots, transaction, views, findView, viewNames });
  return core;
}

function contextOf(core: Core): SessionContext {
  const { options } = core;
  return {
    connectionId: options.connectionId,
    tenantName: options.tenantName,
    user: options.user,
    words: new Map(),
    get database() {
      return core.database;
    },
    get zoneMinutes() {
      return core.zoneMinutes;
    },
    variable: (name) => core.variables.find(name),
    now: () => options.now(),
  };
}

function defineFunctions(core: Core): void {
  const { db } = core;
  defineDecimalFunctions(db);
  defineDateFunctions(db);
  defineTextFunctions(db);
  defineJsonFunctions(db);
  defineAggregates(db, () => core.variables.number("group_concat_max_len"));
  defineSessionFunctions(db, factsOf(core));
}

function factsOf(core: Core): SessionFacts {
  const { options } = core;
  return {
    statementTime: () => core.timeText(core.statementTime),
    presentTime: () => core.timeText(options.now()),
    utcTime: () => instantText(fromNanoseconds(core.statementTime)),
    unixSeconds: () => core.statementTime / 1_000_000_000n,
    database: () => core.database,
    lastInsertId: (given) => {
      if (given !== undefined) core.lastInsertId = given;
      return core.lastInsertId;
    },
    rowCount: () => core.rowCount,
    user: `${options.user}@${options.clientAddress}`,
    currentUser: `${options.user}@%`,
    version: options.versionText,
    obVersion: options.versionText.replace(/^.*-v/, ""),
    tenantName: options.tenantName,
    tenantId: options.tenantId,
    connectionId: options.connectionId,
    store: (value, slot, zoneMinutes) =>
      toStored(value, { column: core.slots.column(slot), row: 1, zoneMinutes }),
    autoIncrement: (given, name) => autoIncrement(core, tableNamed(core, name), given),
  };
}

function tableNamed(
  core: Core,
  { database, table }: { readonly database: string; readonly table: string },
): TableDefinition {
  const found = core.catalog.find(database, table);
  if (found?.kind !== "table") throw noSuchTable(database, table);
  return found;
}
