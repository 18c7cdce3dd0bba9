import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { readServerAddress, readSettings, SETTINGS, SettingError, settingsHelp } from "./config.ts";

test("with nothing given every setting has its default", () => {
  expect(readSettings({}, {})).toEqual({
    dir: join(homedir(), ".holdfast"),
    port: 8686,
    host: "127.0.0.1",
    url: "http://127.0.0.1:8686",
    observeIdleSeconds: 15,
    observeBusySeconds: 2,
    adoptSeconds: 60,
  });
});

test("a flag counts before the environment, and that before the default", () => {
  const environment = { HOLDFAST_PORT: "1000", HOLDFAST_ADOPT_SECONDS: "0.5", HOLDFAST_DIR: "" };
  expect(readSettings({}, environment)).toMatchObject({ port: 1000, adoptSeconds: 0.5 });
  expect(readSettings({ port: "0" }, environment).port).toBe(0);
  expect(readSettings({ port: undefined }, environment).port).toBe(1000);
});

test("a folder is taken from where the program stands, and ~ is the home of its user", () => {
  expect(readSettings({ dir: ".holdfast" }, {}).dir).toBe(resolve(".holdfast"));
  expect(readSettings({ dir: "~/backups" }, {}).dir).toBe(join(homedir(), "backups"));
  expect(readSettings({ dir: "~x" }, {}).dir).toBe(resolve("~x"));
});

test("a web address loses the slash at its end", () => {
  expect(readSettings({ url: "https://host.example/holdfast/" }, {}).url).toBe(
    "https://host.example/holdfast",
  );
});

test.for([
  [{ port: "80a" }, '--port is "80a"; expected a whole number from 0 to 65535.'],
  [{ port: "65536" }, '--port is "65536"; expected a whole number'],
  [{ port: "80.5" }, '--port is "80.5"; expected a whole number'],
  [{ port: "-1" }, '--port is "-1"; expected a whole number'],
  [{ host: "0.0.0.0" }, '--host is "0.0.0.0"; expected 127.0.0.1: whoever reaches the server'],
  [{ url: "127.0.0.1:8686" }, '--url is "127.0.0.1:8686"; expected a web address'],
  [{ url: "file:///etc" }, '--url is "file:///etc"; expected a web address'],
  [{ adoptSeconds: "0" }, 'adoptSeconds is "0"; expected a number from 0.1 to 3600'],
] as const)("a flag that cannot be used is refused with what was expected: %j", ([flags, words]) => {
  expect(() => readSettings(flags, {})).toThrow(SettingError);
  expect(() => readSettings(flags, {})).toThrow(words);
});

test("a wrong value in the environment is named by its variable", () => {
  const environment = { HOLDFAST_OBSERVE_IDLE_SECONDS: "often" };
  const words = 'HOLDFAST_OBSERVE_IDLE_SECONDS is "often"; expected a number from 0.1 to 3600.';
  expect(() => readSettings({}, environment)).toThrow(words);
});

test("the help has one line for each setting, with its names, sentence and default", () => {
  const lines = settingsHelp().split("\n");
  expect(lines).toHaveLength(Object.keys(SETTINGS).length);
  expect(lines.find((line) => line.includes("HOLDFAST_PORT"))).toMatch(
    /--port, HOLDFAST_PORT +Port of .* Default: 8686\.$/,
  );
  expect(lines.at(-1)).toMatch(/HOLDFAST_ADOPT_SECONDS .* Default: 60 seconds\.$/);
});

test("every setting is named in the environment by its own name", () => {
  for (const [name, { variable }] of Object.entries(SETTINGS)) {
    expect(variable).toBe(`HOLDFAST_${name.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`);
  }
});

test("a client command reads the server's address alone and says what one looks like", () => {
  const environment = { HOLDFAST_PORT: "many", HOLDFAST_URL: "http://127.0.0.1:9000/" };
  expect(readServerAddress(undefined, environment)).toBe("http://127.0.0.1:9000");
  expect(() => readServerAddress("nonsense", environment)).toThrow(
    '--url is "nonsense"; expected a web address such as http://127.0.0.1:8686.',
  );
});
