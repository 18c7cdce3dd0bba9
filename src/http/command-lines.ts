import type { CallOf } from "./handler.ts";

/** A password never stands on a command line, where `ps` shows it: a file's name stands for it, to be put in. */
const PASSWORD_FILE = "FILE";

/** The command line that a form stands for, ready to paste into a shell. */
export function commandOfBackup(call: {
  readonly cluster: string;
  readonly tenant: string;
  readonly type: "full" | "incremental";
  readonly plusArchivelog: boolean;
  readonly encrypted: boolean;
}): string {
  const words = ["holdfast", "backup", `${call.cluster}/${call.tenant}`, "--type", call.type];
  if (call.plusArchivelog) words.push("--plus-archivelog");
  if (call.encrypted) words.push("--encryption-password-file", PASSWORD_FILE);
  return [...words, "--wait"].map(shellWord).join(" ");
}

export function commandOfRestore(order: CallOf<"planRestore">["body"], until: bigint): string {
  const { source, target, activate, decryptionPasswords } = order;
  const words = [
    "holdfast",
    "restore",
    `${source.cluster}/${source.tenant}`,
    "--to",
    `${target.cluster}/${target.tenant}`,
  ];
  words.push("--scn", until.toString());
  if ("name" in target.unit) words.push("--unit", target.unit.name);
  else {
    const { cpu, memoryBytes, logDiskBytes } = target.unit;
    words.push("--cpu", String(cpu), "--memory", sizeWord(memoryBytes), "--log-disk", sizeWord(logDiskBytes));
  }
  if (target.zones.length > 0) words.push("--zones", target.zones.join(","));
  if (target.unitCount !== 1) words.push("--unit-count", String(target.unitCount));
  if (target.primaryZone !== null) words.push("--primary-zone", target.primaryZone);
  if (target.concurrency !== null) words.push("--concurrency", String(target.concurrency));
  if (activate) words.push("--activate");
  words.push(...decryptionPasswords.flatMap(() => ["--decryption-password-file", PASSWORD_FILE]));
  return [...words, "--wait"].map(shellWord).join(" ");
}

/** The largest unit that says it exactly, so that it reads back as the same number of bytes. */
function sizeWord(bytes: number): string {
  const units: readonly [string, number][] = [
    ["T", 1024 ** 4],
    ["G", 1024 ** 3],
    ["M", 1024 ** 2],
    ["K", 1024],
  ];
  const fitting = units.find(([, size]) => bytes % size === 0);
  return fitting ? `${bytes / fitting[1]}${fitting[0]}` : String(bytes);
}

function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
