import { type Model, nextId } from "./model.ts";

/** OceanBase recycles this view too; so many rows are kept. */
const EVENTS_KEPT = 20_000;

interface NewEvent {
  readonly module: string;
  readonly event: string;
  readonly values: Readonly<Record<string, string | number | bigint>>;
  readonly extra?: string;
}

/** Writes a row of DBA_OB_ROOTSERVICE_EVENT_HISTORY. */
export function recordEvent(model: Model, { module, event, values, extra = "" }: NewEvent): void {
  const { events } = model.state;
  events.put({
    id: nextId(model, "event"),
    at: model.now,
    module,
    event,
    values: Object.entries(values).map(([name, value]) => [name, String(value)] as const),
    extra,
  });
  events.keepNewest(EVENTS_KEPT);
}
