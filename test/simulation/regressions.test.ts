import { expect, test } from "vitest";
import { REGRESSIONS } from "./regressions.ts";
import { runSchedule } from "./schedule.ts";

const SEED = 1;

test.each(Object.entries(REGRESSIONS))("%s", async (_, drawn) => {
  const story: string[] = [];
  const { violation, accepted, refusals } = await runSchedule(SEED, {
    drawn,
    say: (line) => story.push(line),
  });
  expect(violation?.message, story.join("\n")).toBeUndefined();
  expect(accepted + refusals).toBeGreaterThan(0);
});
