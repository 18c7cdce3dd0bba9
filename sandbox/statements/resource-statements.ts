import type { SqlError } from "../engine.ts";
import { tenantByName } from "../model/model.ts";
import { sizeOf } from "../model/parameters.ts";
import { refusal } from "../model/refusal.ts";
import {
  alterUnitConfig,
  changeUnitNum,
  createPool,
  createUnitConfig,
  dropPool,
  dropUnitConfig,
  type PoolRequest,
  poolByName,
  resizePool,
  type UnitRequest,
  unitConfigByName,
} from "../model/resources.ts";
import type { TokenReader } from "../sql/token-reader.ts";
import { type Command, DONE, isSys, type Sender, SKIPPED } from "./command.ts";
import { readName, readNames, readNumber } from "./names.ts";

/** CREATE | ALTER | DROP RESOURCE UNIT | POOL; the verb has been read. */
export function readResourceStatement(reader: TokenReader, verb: "CREATE" | "ALTER" | "DROP"): Command {
  reader.expect("RESOURCE");
  if (reader.accepts("UNIT")) return sysOnly(readUnit(reader, verb));
  if (reader.accepts("POOL")) return sysOnly(readPool(reader, verb));
  if (verb === "ALTER" && reader.accepts("TENANT")) return sysOnly(readUnitNum(reader));
  throw reader.error();
}

function sysOnly(command: Command): Command {
  return (sender: Sender) => {
    if (!isSys(sender)) throw refusal("OB_ERR_NO_PRIVILEGE");
    return command(sender);
  };
}

function readUnit(reader: TokenReader, verb: "CREATE" | "ALTER" | "DROP"): Command {
  const skip = readExistence(reader, verb);
  const name = readName(reader);
  if (verb === "DROP") {
    reader.expectEnd();
    return ({ model }) => {
      if (skip && !unitConfigByName(model, name)) return SKIPPED;
      dropUnitConfig(model, name);
      return DONE;
    };
  }
  const request = readUnitSizes(reader, name);
  reader.expectEnd();
  return ({ model }) => {
    if (skip && unitConfigByName(model, name)) return SKIPPED;
    if (verb === "ALTER") alterUnitConfig(model, request);
    else createUnitConfig(model, request);
    return DONE;
  };
}

/** `IF NOT EXISTS` behind CREATE, `IF EXISTS` behind DROP. */
function readExistence(reader: TokenReader, verb: "CREATE" | "ALTER" | "DROP"): boolean {
  if (verb === "CREATE") return reader.accepts("IF", "NOT", "EXISTS");
  return verb === "DROP" && reader.accepts("IF", "EXISTS");
}

const UNIT_ITEMS = new Map<string, (reader: TokenReader) => Partial<UnitRequest>>([
  ["MAX_CPU", (reader) => ({ maxCpu: readNumber(reader) })],
  ["MIN_CPU", (reader) => ({ minCpu: readNumber(reader) })],
  ["MEMORY_SIZE", (reader) => ({ memoryBytes: readSize(reader) })],
  ["LOG_DISK_SIZE", (reader) => ({ logDiskBytes: readSize(reader) })],
  ["MAX_IOPS", (reader) => ({ maxIops: BigInt(Math.trunc(readNumber(reader))) })],
  ["MIN_IOPS", (reader) => ({ minIops: BigInt(Math.trunc(readNumber(reader))) })],
  ["IOPS_WEIGHT", (reader) => ({ iopsWeight: readNumber(reader) })],
]);

/** `MAX_CPU [=] 2, MEMORY_SIZE [=] '5G'`: items may be separated by commas or by blanks alone. */
function readUnitSizes(reader: TokenReader, name: string): UnitRequest {
  let request: UnitRequest = { name };
  while (!reader.atEnd()) {
    const item = UNIT_ITEMS.get(reader.peek().key);
    if (item === undefined) throw reader.error();
    reader.take();
    reader.accepts("=");
    request = { ...request, ...item(reader) };
    if (!reader.accepts(",") && !reader.atEnd() && !UNIT_ITEMS.has(reader.peek().key)) throw reader.error();
  }
  return request;
}

/** A size needs its unit letter: 4.2.1.9 answers a number alone with 1064 "Parse error". */
function readSize(reader: TokenReader): number {
  const token = reader.take();
  const bytes = token.kind === "string" && /[BKMGT]\s*$/i.test(token.text) ? sizeOf(token.text) : undefined;
  if (bytes === undefined) throw parseError();
  return bytes;
}

function parseError(): SqlError {
  return refusal("OB_ERR_PARSE_SQL");
}

function readPool(reader: TokenReader, verb: "CREATE" | "ALTER" | "DROP"): Command {
  const skip = readExistence(reader, verb);
  const name = readName(reader);
  if (verb === "DROP") {
    reader.expectEnd();
    return ({ model }) => {
      if (skip && !poolByName(model, name)) return SKIPPED;
      dropPool(model, name);
      return DONE;
    };
  }
  const request = readPoolItems(reader, name);
  reader.expectEnd();
  if (verb === "CREATE") {
    return ({ model }) => {
      if (skip && poolByName(model, name)) return SKIPPED;
      createPool(model, request);
      return DONE;
    };
  }
  return ({ model }) => alterPool(model, request);
}

const alterPool = (model: Sender["model"], { name, unit, unitNum, zones }: PoolRequest) => {
  if (unit === undefined || unitNum !== undefined || zones !== undefined) throw refusal("OB_NOT_SUPPORTED");
  resizePool(model, name, unit);
  return DONE;
};

function readPoolItems(reader: TokenReader, name: string): PoolRequest {
  let request: PoolRequest = { name };
  while (!reader.atEnd()) {
    request = { ...request, ...readPoolItem(reader) };
    if (!reader.accepts(",") && !reader.atEnd()) throw reader.error();
  }
  return request;
}

function readPoolItem(reader: TokenReader): Partial<PoolRequest> {
  const key = reader.take().key;
  reader.accepts("=");
  if (key === "UNIT") return { unit: readName(reader) };
  if (key === "UNIT_NUM") return { unitNum: readNumber(reader) };
  if (key !== "ZONE_LIST") throw reader.error();
  reader.expect("(");
  const zones = readNames(reader);
  reader.expect(")");
  return { zones };
}

/** ALTER RESOURCE TENANT t UNIT_NUM [=] n. */
function readUnitNum(reader: TokenReader): Command {
  const name = readName(reader);
  reader.expect("UNIT_NUM");
  reader.accepts("=");
  const units = readNumber(reader);
  reader.expectEnd();
  return ({ model }) => {
    const tenant = tenantByName(model, name);
    if (tenant === undefined) throw refusal("OB_TENANT_NOT_EXIST", name);
    changeUnitNum(model, tenant.id, units);
    return DONE;
  };
}
