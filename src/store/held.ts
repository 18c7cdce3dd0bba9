import type { SqlValue } from "./columns.ts";
import {
  deletion,
  type InventoryTable,
  insertion,
  isSame,
  isSameRow,
  keyOf,
  type RowChange,
  update,
} from "./inventory-table.ts";

/** Things of one kind as they were recorded last. Both views hold the same objects. */
export interface Held<T> {
  readonly items: readonly T[];
  readonly byKey: ReadonlyMap<string, T>;
}

export function nothingHeld<T>(): Held<T> {
  return { items: [], byKey: new Map() };
}

export interface Comparison<T> {
  /** `before` itself when nothing differs; items that stay the same stay the same objects. */
  readonly after: Held<T>;
  readonly changes: readonly RowChange[];
}

/** Of two items with one key the later one counts. */
export function hold<T>(table: InventoryTable<T>, items: readonly T[]): Held<T> {
  const byKey = new Map(items.map((item) => [keyOf(table, item), item]));
  return { items: [...byKey.values()], byKey };
}

/** The quiet case, in which nothing is built. */
function isAllTheSame<T>(table: InventoryTable<T>, before: readonly T[], now: readonly T[]): boolean {
  if (now.length !== before.length) return false;
  return before.every((item, at) => {
    const next = now[at];
    return next !== undefined && isSameRow(table, item, next);
  });
}

/** What must be written so that the rows say `now` where they said `before`. Pure. */
export function compare<T>(
  table: InventoryTable<T>,
  owner: readonly SqlValue[],
  states: { readonly before: Held<T>; readonly now: readonly T[] },
): Comparison<T> {
  const { before } = states;
  if (isAllTheSame(table, before.items, states.now)) return { after: before, changes: [] };
  const now = hold(table, states.now);
  const changes: RowChange[] = [];
  for (const [key, item] of before.byKey) {
    if (!now.byKey.has(key)) changes.push(deletion(table, owner, item));
  }
  const kept = new Map<string, T>();
  for (const [key, item] of now.byKey) {
    const old = before.byKey.get(key);
    const stays = old !== undefined && isSame(table, old, item);
    kept.set(key, stays ? old : item);
    if (!stays) changes.push((old === undefined ? insertion : update)(table, owner, item));
  }
  const after = changes.length === 0 ? before : { items: [...kept.values()], byKey: kept };
  return { after, changes };
}
