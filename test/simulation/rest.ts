import type { Timeline } from "./timeline.ts";
import { Violation } from "./violation.ts";

/** More statements in one moment than all operations of a schedule together can need. */
const MOST_AT_ONCE = 300;

/** Sees to it that Holdfast comes to rest between two moments: who sends without a pause stops the clock for ever. */
export class Rest {
  readonly #timeline: Timeline;
  readonly #violated: (error: unknown) => void;
  #moment = 0;
  #statements = 0;

  constructor(timeline: Timeline, violated: (error: unknown) => void) {
    this.#timeline = timeline;
    this.#violated = violated;
  }

  /** False once there were too many; then the violation is on record. */
  mayGoOn(): boolean {
    if (this.#timeline.now !== this.#moment) this.#statements = 0;
    this.#moment = this.#timeline.now;
    this.#statements += 1;
    if (this.#statements <= MOST_AT_ONCE) return true;
    this.#violated(new Violation(6, `${MOST_AT_ONCE} statements were sent without a pause`));
    return false;
  }
}
