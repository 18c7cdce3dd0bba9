import { parseArgs } from "node:util";
import { obVersion } from "../model/version.ts";
import { DEFAULT_NAME, DEFAULT_VERSION } from "./cluster-options.ts";

/** What a sandbox is started with. */
export interface CommandLine {
  readonly dir: string;
  readonly port: number;
  readonly version: string | undefined;
  readonly name: string | undefined;
  readonly serversPerZone: number;
  readonly seed: number;
  readonly storageRoot: string | undefined;
  readonly allowPaths: readonly string[];
  readonly logStatements: string | undefined;
  readonly clock: "real" | number;
  /** Undefined: workloads that the cluster already has go on, none is added. */
  readonly workload: "on" | "off" | undefined;
  readonly tenants: readonly string[];
  readonly stopWithStdin: boolean;
  readonly story: string | undefined;
  readonly faults: string | undefined;
}

export const USAGE = `holdfast sandbox: a stand-in OceanBase cluster over the MySQL protocol, for trying things out. Not OceanBase.

  --dir DIR             where it keeps itself                      (./sandbox-data)
  --port PORT           listens on 127.0.0.1:PORT, 0 takes any     (2881)
  --version VERSION     with its patch level, of 4.0.0, 4.1.0, 4.2.1, 4.2.5, 4.3.3 or 4.3.5; when new   (${DEFAULT_VERSION})
  --name NAME           the cluster's name; when new               (${DEFAULT_NAME})
  --servers-per-zone N  of its three zones; when new               (1)
  --seed N              of the workload's choices                  (1)
  --storage-root DIR    where file:///a/b lies: DIR/a/b            (storage in --dir)
  --allow-path DIR      a destination below DIR is used as it stands; may be repeated
  --log-statements FILE one JSON object per statement received
  --clock real|FACTOR   60: an hour passes in a minute             (real)
  --workload on|off     a live workload in the tenants of --tenants; off stops those of a story too
  --tenants a,b         these tenants, with a unit and a pool each; when new   (none)
  --stop-with-stdin     ends when its standard input does: with the program that started it
  --story FILE          lives through this past first; when new
  --faults FILE         what goes wrong and when, counted from the start (docs/sandbox-faults.md)
`;

/** Wrong words on the command line; the message says which. */
export class UsageError extends Error {}

export function parseCommandLine(args: readonly string[]): CommandLine | "help" {
  const values = parsed(args);
  if (values.help) return "help";
  return {
    dir: values.dir,
    port: wholeNumber("--port", values.port, 65_535),
    version: values.version === undefined ? undefined : checkedVersion(values.version),
    name: values.name === undefined ? undefined : checkedName("--name", values.name),
    serversPerZone: wholeNumber("--servers-per-zone", values["servers-per-zone"], MOST_SERVERS) || 1,
    seed: wholeNumber("--seed", values.seed, Number.MAX_SAFE_INTEGER),
    storageRoot: values["storage-root"],
    allowPaths: values["allow-path"],
    logStatements: values["log-statements"],
    clock: clockOf(values.clock),
    workload: onOff(values.workload),
    tenants: (values.tenants ?? "")
      .split(",")
      .filter(Boolean)
      .map((name) => checkedName("--tenants", name)),
    stopWithStdin: values["stop-with-stdin"],
    story: values.story,
    faults: values.faults,
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      strict: true,
      allowPositionals: false,
      options: {
        help: { type: "boolean", default: false },
        dir: { type: "string", default: "sandbox-data" },
        port: { type: "string", default: "2881" },
        version: { type: "string" },
        name: { type: "string" },
        "servers-per-zone": { type: "string", default: "1" },
        seed: { type: "string", default: "1" },
        "storage-root": { type: "string" },
        "allow-path": { type: "string", multiple: true, default: [] },
        "log-statements": { type: "string" },
        clock: { type: "string", default: "real" },
        workload: { type: "string" },
        tenants: { type: "string" },
        "stop-with-stdin": { type: "boolean", default: false },
        story: { type: "string" },
        faults: { type: "string" },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** Their addresses are 127.0.0.1 and on. */
const MOST_SERVERS = 50;

function wholeNumber(flag: string, text: string, most: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > most)
    throw new UsageError(`${flag} takes a whole number, not "${text}"`);
  return value;
}

function checkedVersion(text: string): string {
  try {
    return obVersion(text).text;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** Names that need no quoting anywhere. */
function checkedName(flag: string, text: string): string {
  if (!/^[a-zA-Z][\w-]{0,62}$/.test(text))
    throw new UsageError(`${flag} takes names of letters, digits, _ and -, not "${text}"`);
  return text;
}

const FASTEST = 100_000;

function clockOf(text: string): "real" | number {
  if (text === "real") return "real";
  const factor = Number(text);
  if (!(factor > 0 && factor <= FASTEST))
    throw new UsageError(`--clock takes real or a factor up to ${FASTEST}, not "${text}"`);
  return factor;
}

function onOff(text: string | undefined): "on" | "off" | undefined {
  if (text === undefined || text === "on" || text === "off") return text;
  throw new UsageError(`--workload takes on or off, not "${text}"`);
}
