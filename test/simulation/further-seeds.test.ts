import { test } from "vitest";
import { expectKept } from "./seeds-in-test.ts";

test("the schedules of seeds 501 to 1000 keep every promise", () => expectKept(501, 500));
