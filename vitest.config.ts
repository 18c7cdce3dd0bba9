import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: [
            "src/**/*.test.ts",
            "sandbox/**/*.test.ts",
            "console/**/*.test.ts",
            "test/oceanbase/**/*.test.ts",
            "test/seekdb/**/*.test.ts",
            "test/tidy.test.ts",
          ],
          isolate: false,
          maxWorkers: 2,
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: "story",
          include: ["test/stories/**/*.test.ts", "test/crash/**/*.test.ts", "test/simulation/**/*.test.ts"],
          maxWorkers: 2,
          testTimeout: 900_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
