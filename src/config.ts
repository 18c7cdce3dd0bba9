import { homedir } from "node:os";
import { resolve } from "node:path";

/** A setting: how it is named, what it says, and how its text is read. `--help`, the docs and the parser read this. */
export interface Setting<T> {
  /** Null where only the environment sets it. */
  readonly flag: `--${string}` | null;
  readonly variable: `HOLDFAST_${string}`;
  /** What the number counts; null for what is no number. */
  readonly unit: "seconds" | null;
  /** As one would write it. */
  readonly default: string;
  /** Never printed, not even in a refusal. */
  readonly secret: boolean;
  readonly sentence: string;
  /** Undefined: not `expected`. */
  readonly read: (text: string) => T | undefined;
  /** Completes "expected …". */
  readonly expected: string;
}

export const SETTINGS = {
  dir: {
    flag: "--dir",
    variable: "HOLDFAST_DIR",
    unit: null,
    default: "~/.holdfast",
    secret: false,
    sentence: "Where the database, its key and the log are kept.",
    read: (text) => resolve(text.replace(/^~(?=\/|$)/, homedir())),
    expected: "a folder",
  },
  port: {
    flag: "--port",
    variable: "HOLDFAST_PORT",
    unit: null,
    default: "8686",
    secret: false,
    sentence: "Port of the console and the API; 0 takes a free one.",
    read: portNumber,
    expected: "a whole number from 0 to 65535",
  },
  host: {
    flag: "--host",
    variable: "HOLDFAST_HOST",
    unit: null,
    default: "127.0.0.1",
    secret: false,
    sentence: "Where the server listens: this machine alone, since there are no accounts yet.",
    read: (text) => (text === "127.0.0.1" ? text : undefined),
    expected: "127.0.0.1: whoever reaches the server may back up and restore, and there are no accounts yet",
  },
  url: {
    flag: "--url",
    variable: "HOLDFAST_URL",
    unit: null,
    default: "http://127.0.0.1:8686",
    secret: false,
    sentence: "The server that the client commands speak to.",
    read: webAddress,
    expected: "a web address such as http://127.0.0.1:8686",
  },
  observeIdleSeconds: {
    flag: null,
    variable: "HOLDFAST_OBSERVE_IDLE_SECONDS",
    unit: "seconds",
    default: "15",
    secret: false,
    sentence: "How often a cluster is observed while nothing runs there.",
    read: seconds,
    expected: "a number from 0.1 to 3600",
  },
  observeBusySeconds: {
    flag: null,
    variable: "HOLDFAST_OBSERVE_BUSY_SECONDS",
    unit: "seconds",
    default: "2",
    secret: false,
    sentence: "How often a cluster is observed while an operation or a job runs there.",
    read: seconds,
    expected: "a number from 0.1 to 3600",
  },
  adoptSeconds: {
    flag: null,
    variable: "HOLDFAST_ADOPT_SECONDS",
    unit: "seconds",
    default: "60",
    secret: false,
    sentence: "How long our work must be seen to be absent from a cluster before a statement is sent again.",
    read: seconds,
    expected: "a number from 0.1 to 3600",
  },
} as const satisfies Readonly<Record<string, Setting<string | number>>>;

type Table = typeof SETTINGS;
export type SettingName = keyof Table;
export type Settings = {
  readonly [Name in SettingName]: Exclude<ReturnType<Table[Name]["read"]>, undefined>;
};

/** A setting that cannot be used as it stands: wrong usage, no defect. Says what was found and what was expected. */
export class SettingError extends Error {
  override readonly name = "SettingError";
}

/** A flag counts before the environment, that before the default. What is empty counts as not given. */
export function readSettings(
  flags: { readonly [Name in SettingName]?: string | undefined } = {},
  environment: NodeJS.ProcessEnv = process.env,
): Settings {
  const read = <Name extends SettingName>(name: Name) =>
    readSetting(name, { flag: flags[name], environment });
  return {
    dir: read("dir"),
    port: read("port"),
    host: read("host"),
    url: read("url"),
    observeIdleSeconds: read("observeIdleSeconds"),
    observeBusySeconds: read("observeBusySeconds"),
    adoptSeconds: read("adoptSeconds"),
  };
}

/** The one setting of the client commands: what is wrong with the server's own is not theirs to refuse. */
export function readServerAddress(flag: string | undefined, environment = process.env): string {
  return readSetting("url", { flag, environment });
}

interface Given {
  readonly flag: string | undefined;
  readonly environment: NodeJS.ProcessEnv;
}

function readSetting<Name extends SettingName>(name: Name, { flag, environment }: Given): Settings[Name] {
  const setting: Setting<string | number> = SETTINGS[name];
  const text = flag || environment[setting.variable] || setting.default;
  const value = setting.read(text);
  if (value === undefined) {
    const source = flag ? (setting.flag ?? name) : setting.variable;
    const found = setting.secret ? "has a value that cannot be used" : `is ${JSON.stringify(text)}`;
    throw new SettingError(`${source} ${found}; expected ${setting.expected}.`);
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- read by the setting of that name
  return value as Settings[Name];
}

/** One line for each setting, for `--help` and the docs. */
export function settingsHelp(): string {
  const rows = Object.values<Setting<string | number>>(SETTINGS).map((setting) => ({
    names: [setting.flag, setting.variable].filter((name) => name !== null).join(", "),
    words: `${setting.sentence} Default: ${setting.default}${setting.unit ? ` ${setting.unit}` : ""}.`,
  }));
  const width = Math.max(...rows.map((row) => row.names.length));
  return rows.map((row) => `  ${row.names.padEnd(width)}  ${row.words}`).join("\n");
}

function portNumber(text: string): number | undefined {
  return /^\d{1,5}$/.test(text) && Number(text) <= 65535 ? Number(text) : undefined;
}

function seconds(text: string): number | undefined {
  const value = /^\d+(\.\d{1,3})?$/.test(text) ? Number(text) : 0;
  return value >= 0.1 && value <= 3600 ? value : undefined;
}

/** Without the slash at its end, so that paths can follow. */
function webAddress(text: string): string | undefined {
  const isOne = URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
  return isOne ? text.replace(/\/+$/, "") : undefined;
}
