import type { Command } from "commander";
import type { AnswerOf, BodyOf } from "../api/contract.ts";
import { scnToIso } from "../domain/scn.ts";
import { readCount, readInstant, readNumber, readScn, readSize, readTenantPath } from "./arguments.ts";
import { showOrFollow } from "./follow-operation.ts";
import { readFullSecret, readSecretsOfStdin } from "./secret-files.ts";
import { staleWordsOf } from "./staleness.ts";
import { newRequestId, openTerminal, tableWords } from "./terminal.ts";
import { UsageError } from "./usage-error.ts";
import { durationWords, instantWords, sizeWords } from "./words.ts";

interface RestoreOptions {
  readonly to: string;
  readonly at?: string;
  readonly scn?: string;
  readonly latest?: boolean;
  readonly unit?: string;
  readonly cpu?: string;
  readonly memory?: string;
  readonly logDisk?: string;
  readonly zones?: string;
  readonly unitCount?: string;
  readonly primaryZone?: string;
  readonly concurrency?: string;
  readonly decryptionPasswordFile?: readonly string[];
  readonly decryptionPasswordStdin?: boolean;
  readonly activate?: boolean;
  readonly plan?: boolean;
  readonly wait?: boolean;
}

type Plan = AnswerOf<"planRestore">;

export function addRestoreCommand(program: Command): void {
  program
    .command("restore <cluster/tenant>")
    .description("restore a tenant to an instant, always into a new tenant")
    .requiredOption("--to <cluster/new>", "the new tenant and the cluster it is made in")
    .option("--at <time>", "ISO 8601 with offset, up to nanoseconds")
    .option("--scn <n>", "nanoseconds since 1970-01-01 UTC")
    .option("--latest", "the newest restorable instant")
    .option("--unit <name>", "an existing unit config")
    .option("--cpu <n>", "CPU cores of a unit made for it")
    .option("--memory <size>", "memory of that unit, for example 4G")
    .option("--log-disk <size>", "log disk of that unit; default: three times its memory")
    .option("--zones <z1,z2>", "zones of the target cluster; default: all")
    .option("--unit-count <n>", "units in each zone; default: 1")
    .option("--primary-zone <zones>", "zone priority as OceanBase writes it; default: the cluster's own")
    .option("--concurrency <n>", "how many tablets are restored at a time; default: OceanBase decides")
    .option(
      "--decryption-password-file <file>",
      "first line of this file is a password of an encrypted set; once for each password",
      collect,
    )
    .option("--decryption-password-stdin", "each line of stdin is such a password")
    .option("--activate", "make it a primary tenant afterwards; default: it stays a standby")
    .option("--plan", "show what would be read, needed and sent; send nothing")
    .option("--wait", "follow it to its end")
    .action(async (path: string, options: RestoreOptions, command: Command) => {
      const terminal = openTerminal(command.optsWithGlobals());
      const order = orderOf(path, options);
      if (options.plan) {
        const plan = await terminal.client.call("planRestore", { body: order });
        const stale = await staleWordsOf(terminal.client, order.source.cluster);
        return terminal.show(plan, () => [...(stale ? [stale, ""] : []), planWords(plan)].join("\n"));
      }
      const accepted = await terminal.client.call("restore", {
        body: { ...order, requestId: newRequestId() },
      });
      await showOrFollow(terminal, accepted, options);
    });
}

/** An option that may be given more than once. */
function collect(given: string, before: readonly string[] | undefined): readonly string[] | undefined {
  return [...(before ?? []), given];
}

function orderOf(path: string, options: RestoreOptions): BodyOf<"planRestore"> {
  const to = readTenantPath(options.to);
  return {
    source: readTenantPath(path),
    until: untilOf(options),
    target: {
      cluster: to.cluster,
      tenant: to.tenant,
      zones:
        options.zones
          ?.split(",")
          .map((zone) => zone.trim())
          .filter(Boolean) ?? [],
      unit: unitOf(options),
      unitCount: options.unitCount === undefined ? 1 : readCount(options.unitCount, "--unit-count"),
      primaryZone: options.primaryZone ?? null,
      concurrency: options.concurrency === undefined ? null : readCount(options.concurrency, "--concurrency"),
    },
    activate: options.activate === true,
    decryptionPasswords: [...decryptionPasswords(options)],
  };
}

function decryptionPasswords(options: RestoreOptions): readonly string[] {
  const option = "--decryption-password";
  const ofFiles = (options.decryptionPasswordFile ?? []).flatMap(
    (file) => readFullSecret({ option, file, stdin: false }) ?? [],
  );
  return options.decryptionPasswordStdin ? [...ofFiles, ...readSecretsOfStdin(`${option}-stdin`)] : ofFiles;
}

function untilOf({ at, scn, latest }: RestoreOptions): BodyOf<"planRestore">["until"] {
  const given = [at, scn, latest].filter((each) => each !== undefined).length;
  if (given !== 1)
    throw new UsageError(`${given} of --at, --scn and --latest were given`, "Give exactly one of them.");
  if (at !== undefined) return { time: scnToIso(readInstant(at, "--at")) };
  return scn === undefined ? { latest: true } : { scn: readScn(scn).toString() };
}

function unitOf({ unit, cpu, memory, logDisk }: RestoreOptions): BodyOf<"planRestore">["target"]["unit"] {
  if (unit !== undefined) {
    if (cpu !== undefined || memory !== undefined || logDisk !== undefined) {
      throw new UsageError(
        "--unit was given together with a size",
        "Give an existing unit by --unit, or a size by --cpu and --memory.",
      );
    }
    return { name: unit };
  }
  if (cpu === undefined || memory === undefined) {
    throw new UsageError(
      "no unit was given",
      "Give --unit NAME, or --cpu N --memory SIZE [--log-disk SIZE].",
    );
  }
  const memoryBytes = readSize(memory, "--memory");
  return {
    cpu: readNumber(cpu, "--cpu"),
    memoryBytes,
    logDiskBytes: logDisk === undefined ? memoryBytes * 3 : readSize(logDisk, "--log-disk"),
  };
}

function planWords(plan: Plan): string {
  const chain = plan.sets.map((set) => [
    `set ${set.id}`,
    set.type,
    instantWords(set.minRestoreScn),
    sizeWords(set.outputBytes),
  ]);
  const pieces = plan.pieces.map((piece) => [
    `piece r${piece.roundId}p${piece.id}`,
    "logs",
    instantWords(piece.startScn),
    sizeWords(piece.outputBytes),
  ]);
  const room = plan.room.map((zone) => [
    zone.zone,
    `${zone.cpu.need} / ${zone.cpu.free}`,
    `${sizeWords(zone.memoryBytes.need)} / ${sizeWords(zone.memoryBytes.free)}`,
    `${sizeWords(zone.logDiskBytes.need)} / ${sizeWords(zone.logDiskBytes.free)}`,
    `${sizeWords(zone.dataDiskBytes.need)} / ${sizeWords(zone.dataDiskBytes.free)}`,
  ]);
  const estimate = plan.estimate
    ? `about ${durationWords(plan.estimate.seconds)}, as ${plan.estimate.basedOn} took`
    : "no restore has been measured here yet";
  return [
    `Restore to ${instantWords(plan.until)}  (SCN ${plan.until})`,
    "",
    tableWords(["read", "", "from", "size"], [...chain, ...pieces], [3]),
    "",
    tableWords(["need / free", "cpu", "memory", "log disk", "data disk"], room),
    "",
    ...plan.guards.map((guard) => `${guard.isTight ? "!" : "✓"} ${guard.name}: ${guard.found}`),
    `Time: ${estimate}.`,
    "",
    ...plan.statements.map((statement) => `${statement};`),
  ].join("\n");
}
