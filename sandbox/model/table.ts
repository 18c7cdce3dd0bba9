/** A change since the last look; `row` is undefined when the row is gone. */
export interface Change<Row> {
  readonly key: string;
  readonly row: Row | undefined;
}

/** Rows of one kind in the order in which they came, and which of them changed since they were last saved. */
export class Table<Row extends object> {
  readonly #rows = new Map<string, Row>();
  readonly #changed = new Set<string>();
  readonly #keyOf: (row: Row) => string;
  #revision = 0;

  constructor(keyOf: (row: Row) => string) {
    this.#keyOf = keyOf;
  }

  /** Grows with every change. */
  get revision(): number {
    return this.#revision;
  }

  get(...key: readonly (string | number)[]): Row | undefined {
    return this.#rows.get(key.join("/"));
  }

  put(row: Row): Row {
    const key = this.#keyOf(row);
    this.#rows.set(key, row);
    this.#changed.add(key);
    this.#revision++;
    return row;
  }

  remove(row: Row): void {
    const key = this.#keyOf(row);
    if (!this.#rows.delete(key)) return;
    this.#changed.add(key);
    this.#revision++;
  }

  /** Drops the oldest rows beyond `limit`. */
  keepNewest(limit: number): void {
    for (const row of this.#rows.values()) {
      if (this.#rows.size <= limit) return;
      this.remove(row);
    }
  }

  all(): readonly Row[] {
    return [...this.#rows.values()];
  }

  where(test: (row: Row) => boolean): readonly Row[] {
    return this.all().filter(test);
  }

  find(test: (row: Row) => boolean): Row | undefined {
    for (const row of this.#rows.values()) if (test(row)) return row;
    return undefined;
  }

  /** A row as it was saved: not a change. */
  load(row: Row): void {
    this.#rows.set(this.#keyOf(row), row);
  }

  takeChanges(): readonly Change<Row>[] {
    const changes = [...this.#changed].map((key) => ({ key, row: this.#rows.get(key) }));
    this.#changed.clear();
    return changes;
  }
}
