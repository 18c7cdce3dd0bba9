import type { Column, Reply, Value } from "../engine.ts";
import type { Model } from "../model/model.ts";
import { PARAMETERS, type ParameterSeed } from "../model/parameter-seed.ts";
import { parameterValue } from "../model/parameters.ts";
import { refusal } from "../model/refusal.ts";
import { serversOf } from "../model/resources.ts";
import { isSince } from "../model/version.ts";
import type { TokenReader } from "../sql/token-reader.ts";
import { type Command, isSys } from "./command.ts";
import { knownTenant, readOneTenant } from "./names.ts";

const NAMES = [
  "zone",
  "svr_type",
  "svr_ip",
  "svr_port",
  "name",
  "data_type",
  "value",
  "info",
  "section",
  "scope",
  "source",
  "edit_level",
];

/** SHOW PARAMETERS [LIKE 'x%'] [TENANT = t]; default_value and isdefault from 4.2.2 / 4.3.1 on. */
export function readShowParameters(reader: TokenReader): Command {
  const pattern = reader.accepts("LIKE") ? reader.expectString() : "%";
  const name = readOneTenant(reader);
  reader.expectEnd();
  return (sender): Reply => {
    if (name !== undefined && !isSys(sender)) throw refusal("OB_ERR_NO_PRIVILEGE");
    const tenant = name === undefined ? sender.tenant : knownTenant(sender.model, name);
    const withDefaults = isSince(sender.model.version, "4.2.2");
    const like = likePattern(pattern);
    const seeds = PARAMETERS.filter((seed) => like.test(seed.name));
    const rows = seeds.flatMap((seed) => serverRows(sender.model, seed, tenant.id));
    return {
      kind: "rows",
      columns: columnsOf(withDefaults),
      rows: withDefaults ? rows : rows.map((row) => row.slice(0, NAMES.length)),
    };
  };
}

function columnsOf(withDefaults: boolean): readonly Column[] {
  const names = withDefaults ? [...NAMES, "default_value", "isdefault"] : NAMES;
  return names.map((name) => {
    if (name === "svr_port" || name === "isdefault") return { name, type: "bigint" } as const;
    return { name, type: "varchar", length: 4096, nullable: true } as const;
  });
}

export function likePattern(pattern: string): RegExp {
  const source = pattern
    .replaceAll(/\\([%_])/g, "$1")
    .replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll("%", ".*")
    .replaceAll("_", ".");
  return new RegExp(`^${source}$`, "i");
}

/** One row per server. */
function serverRows(model: Model, seed: ParameterSeed, tenantId: number): Value[][] {
  const value = parameterValue(model, seed, tenantId);
  const isDefault = value === seed.value;
  return serversOf(model).map((server) => [
    server.zone,
    "observer",
    server.ip,
    model.sqlPort + 1,
    seed.name,
    "NULL",
    value,
    seed.info,
    seed.section,
    seed.scope,
    "DEFAULT",
    "DYNAMIC_EFFECTIVE",
    seed.value,
    isDefault ? 1 : 0,
  ]);
}
