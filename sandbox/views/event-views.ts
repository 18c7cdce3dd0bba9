import type { Value } from "../engine.ts";
import type { Model } from "../model/model.ts";
import { SERVERS } from "../model/resources.ts";
import { at, type ViewRow } from "./view-row.ts";

const PAIRS = 6;

export function rootserviceEvents(model: Model): readonly ViewRow[] {
  return model.state.events.all().map((event) => ({
    TIMESTAMP: at(event.at),
    MODULE: event.module,
    EVENT: event.event,
    ...pairs(event.values),
    EXTRA_INFO: event.extra,
    RS_SVR_IP: SERVERS[0]?.ip ?? "",
    RS_SVR_PORT: model.sqlPort + 1,
  }));
}

/** NAME1, VALUE1 … NAME6, VALUE6; empty where an event has less to say. */
function pairs(values: readonly (readonly [string, string])[]): ViewRow {
  const row: Record<string, Value> = {};
  for (let index = 0; index < PAIRS; index++) {
    const [name = "", value = ""] = values[index] ?? [];
    row[`NAME${index + 1}`] = name;
    row[`VALUE${index + 1}`] = value;
  }
  return row;
}
