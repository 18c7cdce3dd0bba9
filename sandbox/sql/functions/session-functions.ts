import type { DatabaseSync } from "node:sqlite";
import { roundTo } from "../values/temporal.ts";
import { defineNullable, defineVolatile, numberOf, textOf, type Value } from "./define.ts";

/** What the functions of one session answer from. */
export interface SessionFacts {
  /** The statement's time in the session's zone, in stored form. */
  statementTime(): string;
  /** This very moment, for SYSDATE. */
  presentTime(): string;
  utcTime(): string;
  unixSeconds(): bigint;
  database(): string | undefined;
  lastInsertId(given?: bigint): bigint;
  rowCount(): bigint;
  readonly user: string;
  readonly currentUser: string;
  readonly version: string;
  readonly obVersion: string;
  readonly tenantName: string;
  readonly tenantId: number;
  readonly connectionId: number;
  store(value: Exclude<Value, null>, slot: number, zoneMinutes: number): Value;
  autoIncrement(given: Value, name: { readonly database: string; readonly table: string }): Value;
}

const cut = (text: string, digits: Value | undefined) => cutTo(text, numberOf(digits ?? 0));
/** A clock shows the digits it has and does not round up into the future. */
const cutTo = (text: string, digits: number) =>
  digits >= 6 ? text : roundTo(`${text.slice(0, 20 + digits)}${"0".repeat(6 - digits)}`, digits);

export function defineSessionFunctions(db: DatabaseSync, facts: SessionFacts): void {
  defineVolatile(db, {
    my_now: (digits) => cut(facts.statementTime(), digits),
    my_sysdate: (digits) => cut(facts.presentTime(), digits),
    my_utc_now: (digits) => cut(facts.utcTime(), digits),
    my_unix_now: () => facts.unixSeconds(),
    my_database: () => facts.database() ?? null,
    my_last_insert_id: (given) => facts.lastInsertId(typeof given === "bigint" ? given : undefined),
    my_row_count: () => facts.rowCount(),
    my_auto_increment: (given, database, table) =>
      facts.autoIncrement(given ?? null, { database: textOf(database ?? ""), table: textOf(table ?? "") }),
    my_store: (value, slot, zone) =>
      value === null || value === undefined
        ? null
        : facts.store(value, numberOf(slot ?? 0), numberOf(zone ?? 0)),
  });
  defineNullable(db, {
    my_user: () => facts.user,
    my_current_user: () => facts.currentUser,
    my_version: () => facts.version,
    my_ob_version: () => facts.obVersion,
    my_effective_tenant: () => facts.tenantName,
    my_effective_tenant_id: () => BigInt(facts.tenantId),
    my_connection_id: () => BigInt(facts.connectionId),
    my_host_ip: () => "127.0.0.1",
    my_rpc_port: () => 2882n,
  });
}
