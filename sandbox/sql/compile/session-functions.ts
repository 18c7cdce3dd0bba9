import * as types from "../sql-type.ts";
import { direct, type Rule, type Rules, rule } from "./rule.ts";
import { typed } from "./typed.ts";

const word = (name: string): Rule => direct(`my_${name}`, { takes: "", gives: types.text(256) });
const number = (name: string): Rule => direct(`my_${name}`, { takes: "", gives: types.UNSIGNED });

function collationName(type: types.SqlType | undefined): string {
  if (type?.kind !== "text") return "'binary'";
  return type.byteWise ? "'utf8mb4_bin'" : "'utf8mb4_general_ci'";
}

/** What a session knows of itself. All are answered by functions that ask the session when they are called. */
export const SESSION_FUNCTIONS: Rules = {
  VERSION: word("version"),
  OB_VERSION: word("ob_version"),
  USER: word("user"),
  SESSION_USER: word("user"),
  SYSTEM_USER: word("user"),
  CURRENT_USER: word("current_user"),
  DATABASE: word("database"),
  SCHEMA: word("database"),
  EFFECTIVE_TENANT: word("effective_tenant"),
  EFFECTIVE_TENANT_ID: number("effective_tenant_id"),
  CONNECTION_ID: number("connection_id"),
  LAST_INSERT_ID: direct("my_last_insert_id", { takes: "i", least: 0, gives: types.UNSIGNED }),
  ROW_COUNT: direct("my_row_count", { takes: "", gives: types.INT }),
  CHARSET: rule([1, 1], ({ args: [value] }) =>
    typed(value?.type.kind === "text" ? "'utf8mb4'" : "'binary'", types.text(64)),
  ),
  COLLATION: rule([1, 1], ({ args: [value] }) => typed(collationName(value?.type), types.text(64))),
  HOST_IP: word("host_ip"),
  RPC_PORT: number("rpc_port"),
};
