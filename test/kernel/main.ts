import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Holdfast } from "./holdfast.ts";
import { kernelIsHere, NO_KERNEL, startKernel } from "./kernel.ts";
import { storyOf } from "./story.ts";
import type { Step } from "./telling.ts";

/** `npm run test:oceanbase`: the story on a real OceanBase. About half an hour; exits 2 where there is none. */
if (kernelIsHere()) process.exitCode = (await tell()) ? 0 : 1;
else {
  console.error(NO_KERNEL);
  process.exitCode = 2;
}

async function tell(): Promise<boolean> {
  const dir = mkdtempSync(join(tmpdir(), "holdfast-oceanbase-"));
  const kernel = await startKernel(join(dir, "kernel"));
  const holdfast = await Holdfast.start(join(dir, "holdfast"));
  const passed = await tellSteps(storyOf({ kernel, holdfast, dir }));
  await holdfast.stop();
  await kernel.stop();
  if (passed) rmSync(dir, { recursive: true, force: true });
  else console.log(`Everything is kept below ${dir} (the server's log: holdfast/holdfast.log).`);
  return passed;
}

/** Stops at the first step that fails: every later one stands on it. */
async function tellSteps(steps: readonly Step[]): Promise<boolean> {
  let passed = 0;
  for (const { title, act } of steps) {
    const began = Date.now();
    const failure = await act().then(
      () => undefined,
      (error: unknown) => error,
    );
    const seconds = ((Date.now() - began) / 1000).toFixed(1).padStart(6);
    console.log(`${failure === undefined ? "ok    " : "FAILED"} ${seconds} s  ${title}`);
    if (failure !== undefined) {
      console.error(failure);
      break;
    }
    passed++;
  }
  const failed = passed < steps.length ? 1 : 0;
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0;
}
