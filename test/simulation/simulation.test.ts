import { expect, test } from "vitest";
import { runSchedule } from "./schedule.ts";
import { expectKept } from "./seeds-in-test.ts";

/** The same seeds every time: a soak is where new ones are tried. The other half runs beside it. */
test("the schedules of seeds 1 to 500 keep every promise", () => expectKept(1, 500));

test("a seed tells the same story twice", async () => {
  const told = async () => {
    const lines: string[] = [];
    await runSchedule(3, { say: (line) => lines.push(line) });
    return lines;
  };
  const first = await told();
  expect(first.length).toBeGreaterThan(10);
  expect(await told()).toEqual(first);
});
