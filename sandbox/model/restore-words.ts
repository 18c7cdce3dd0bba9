import { SqlError } from "../engine.ts";
import type { Model } from "./model.ts";
import { refusal } from "./refusal.ts";
import { isSince } from "./version.ts";

/** What the string behind WITH says. Unknown options are taken without a word (seen on 4.2.1.9). */
export interface RestoreOptions {
  readonly pools: readonly string[];
  readonly locality?: string;
  readonly primaryZone?: string;
  /** Since 4.3.3. */
  readonly method?: RestoreMethod;
}

export type RestoreMethod = "full" | "quick";

const MOST_CONCURRENCY = 100;

/** Throws 1149 for an empty text, 1210 without pools (4.2.1.9) and for a concurrency outside of 0..100. */
export function restoreOptions(model: Model, text: string): RestoreOptions {
  if (text.trim() === "") throw refusal("OB_ERR_PARSER_SYNTAX");
  const items = new Map<string, string>();
  for (const item of text.split("&")) {
    const [, key, value] = /^\s*([^=\s]+)\s*=\s*(.*?)\s*$/.exec(item) ?? [];
    if (key === undefined || value === undefined) throw refusal("OB_ERR_PARSER_SYNTAX");
    items.set(key.toLowerCase(), value);
  }
  const pools = (items.get("pool_list") ?? "").split(",").flatMap((name) => name.trim() || []);
  if (pools.length === 0) throw refusal("OB_INVALID_ARGUMENT");
  refuseConcurrency(items.get("concurrency"));
  const locality = items.get("locality");
  const primaryZone = items.get("primary_zone");
  const method = isSince(model.version, "4.3.3") ? methodOf(items.get("method")) : undefined;
  return {
    pools,
    ...(locality ? { locality } : {}),
    ...(primaryZone ? { primaryZone } : {}),
    ...(method ? { method } : {}),
  };
}

function methodOf(text: string | undefined): RestoreMethod | undefined {
  const method = text?.toLowerCase();
  if (method === undefined || method === "full" || method === "quick") return method;
  throw refusal("OB_INVALID_ARGUMENT", "restore method");
}

function refuseConcurrency(text: string | undefined): void {
  if (text === undefined) return;
  const value = /^\d+$/.test(text) ? Number(text) : -1;
  if (value < 0 || value > MOST_CONCURRENCY) throw refusal("OB_INVALID_ARGUMENT", "restore concurrency");
}

/** 5663: what 4.2.1.9 answers to UNTIL TIME with a text that is no time; 1525 by the list of errors otherwise. */
export function badTime(text: string): SqlError {
  if (!/\d/.test(text)) {
    return new SqlError(5663, "HY000", "a non-numeric character was found where a numeric was expected");
  }
  return refusal("OB_ERR_WRONG_VALUE", "TIMESTAMP", text);
}
