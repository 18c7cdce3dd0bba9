import type { Micros } from "../../src/domain/scn.ts";
import { SECOND } from "./timeline.ts";

export type Teller = "person" | "another" | "holdfast" | "wire" | "cluster" | "fault" | "judge";

/** What happened in a schedule, told in order. Nobody listens in a soak, so the words are made only when somebody does. */
export interface Story {
  tell(who: Teller, words: () => string): void;
}

export const UNTOLD: Story = { tell: () => undefined };

/** Each line with the seconds since the schedule began. */
export function toldStory(
  time: { readonly now: () => Micros; readonly start: Micros },
  say: (line: string) => void,
): Story {
  return {
    tell(who, words) {
      const seconds = ((time.now() - time.start) / SECOND).toFixed(3).padStart(9);
      say(`${seconds} s  ${who.padEnd(8)}  ${words()}`);
    },
  };
}
