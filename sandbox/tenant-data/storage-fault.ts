import { SqlError } from "../engine.ts";
import { type ErrorName, refusal } from "../model/refusal.ts";

/**
 * OceanBase's error for something that files below a destination make impossible. `message` is OceanBase's own text,
 * `detail` says in our words which file and what was wrong with it (for COMMENT columns and the sandbox's log).
 */
export class StorageFault extends SqlError {
  readonly detail: string;

  constructor(name: ErrorName, detail: string) {
    const { errno, sqlState, message } = refusal(name);
    super(errno, sqlState, message);
    this.detail = detail;
  }
}
