import { readTime, type Scn, scn } from "../domain/scn.ts";
import { UsageError } from "./usage-error.ts";

export interface TenantPath {
  readonly cluster: string;
  readonly tenant: string;
}

/** `C/T`. */
export function readTenantPath(text: string): TenantPath {
  const [cluster, tenant, ...rest] = text.split("/");
  if (!cluster || !tenant || rest.length > 0) {
    throw new UsageError(
      `${JSON.stringify(text)} names no tenant`,
      "Write CLUSTER/TENANT, for example prod/shop.",
    );
  }
  return { cluster, tenant };
}

/** ISO 8601 with an offset. Without one it is refused with the two readings that it could have. */
export function readInstant(text: string, option: string): Scn {
  const reading = readTime(text, -new Date().getTimezoneOffset());
  if (reading.kind === "instant") return reading.scn;
  if (reading.kind === "no-offset") {
    const { asLocal, asUtc } = reading;
    throw new UsageError(
      `${option} ${JSON.stringify(text)} has no offset: ${asLocal === null ? `in UTC, this machine's zone, it would be ${asUtc}` : `it could mean ${asLocal} (this machine's zone) or ${asUtc} (UTC)`}`,
      "Write the time you mean, with its offset.",
    );
  }
  throw new UsageError(
    `${option} ${JSON.stringify(text)} is no time`,
    "Write ISO 8601 with an offset from -14:00 to +14:00, for example 2026-11-21T16:42:07.999999+08:00.",
  );
}

export function readScn(text: string): Scn {
  try {
    return scn(text);
  } catch {
    throw new UsageError(
      `--scn ${JSON.stringify(text)} is no SCN`,
      "Write nanoseconds since 1970-01-01 UTC, for example 1795250527999999000.",
    );
  }
}

const SIZE = /^(\d+(?:\.\d+)?)\s*(B|[KMGT](?:i?B)?)?$/i;
const POWER: Readonly<Record<string, number>> = { B: 0, K: 1, M: 2, G: 3, T: 4 };

/** `4G`, `4GiB`, `512M`, bytes without a unit; 1024-based, as OceanBase reads sizes. */
export function readSize(text: string, option: string): number {
  const match = SIZE.exec(text.trim());
  const unit = (match?.[2] ?? "B").charAt(0).toUpperCase();
  const bytes = match ? Number(match[1]) * 1024 ** (POWER[unit] ?? 0) : Number.NaN;
  if (!Number.isSafeInteger(bytes) || bytes <= 0) {
    throw new UsageError(
      `${option} ${JSON.stringify(text)} is no size`,
      "Write a number with a unit, for example 4G or 512M.",
    );
  }
  return bytes;
}

export function readNumber(text: string, option: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value <= 0) {
    throw new UsageError(
      `${option} ${JSON.stringify(text)} is no positive number`,
      "Write a number, for example 2.",
    );
  }
  return value;
}

export function readCount(text: string, option: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new UsageError(
    `${option} ${JSON.stringify(text)} is no whole number`,
    "Write a number, for example 50.",
  );
}
