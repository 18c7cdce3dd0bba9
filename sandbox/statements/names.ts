import { type Model, tenantByName } from "../model/model.ts";
import { refusal } from "../model/refusal.ts";
import type { Tenant } from "../model/state.ts";
import type { TokenReader } from "../sql/token-reader.ts";

/** A name: bare, backquoted, or as a string. */
export function readName(reader: TokenReader): string {
  return reader.peek().kind === "string" ? reader.expectString() : reader.expectName();
}

/** `a, b, c`, at most so many as a statement may name. */
export function readNames(reader: TokenReader): readonly string[] {
  const names = [readName(reader)];
  while (reader.accepts(",")) names.push(readName(reader));
  return names;
}

/** `TENANT [=] a, b`; undefined without the clause. */
export function readTenantClause(reader: TokenReader): readonly string[] | undefined {
  if (!reader.accepts("TENANT")) return undefined;
  reader.accepts("=");
  return readNames(reader);
}

/** `TENANT [=] t` where only one fits the grammar. */
export function readOneTenant(reader: TokenReader): string | undefined {
  if (!reader.accepts("TENANT")) return undefined;
  reader.accepts("=");
  return readName(reader);
}

/** `DESCRIPTION [=] 's'`. */
export function readDescription(reader: TokenReader): string | undefined {
  if (!reader.accepts("DESCRIPTION")) return undefined;
  reader.accepts("=");
  return reader.expectString();
}

/** 5160 for a name that no tenant has. */
export function knownTenant(model: Model, name: string): Tenant {
  const tenant = tenantByName(model, name);
  if (tenant === undefined) throw refusal("OB_ERR_INVALID_TENANT_NAME");
  return tenant;
}

/** User tenants by name. Throws 5160, and 4016 for sys and META$ tenants, as 4.2.1.9 answers. */
export function knownUsers(model: Model, names: readonly string[]): readonly Tenant[] {
  const tenants = names.map((name) => knownTenant(model, name));
  if (tenants.some((tenant) => tenant.type !== "USER")) throw refusal("OB_ERR_UNEXPECTED");
  return tenants;
}

/** A number, plain or in quotes. */
export function readNumber(reader: TokenReader): number {
  const token = reader.peek();
  const isNumber = token.kind === "integer" || token.kind === "decimal" || token.kind === "string";
  if (!isNumber || !/^\d+(\.\d+)?$/.test(token.text.trim())) throw reader.error();
  return Number(reader.take().text);
}
