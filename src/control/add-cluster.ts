import { Problem } from "../domain/problem.ts";
import { atLeast, versionText } from "../domain/version.ts";
import type { OceanBase } from "../oceanbase/oceanbase.ts";
import type { ClusterRecord } from "../store/store.ts";
import { observedCluster, type RequestParts } from "./acceptance.ts";

export interface NewClusterWish {
  readonly name: string;
  /** HOST:PORT, an IPv6 host in brackets. */
  readonly address: string;
  readonly user: string;
  readonly password: string;
}

/** Connects once, to learn who answers and whether we may: the one request that speaks to OceanBase itself. */
export async function addCluster(parts: RequestParts, wish: NewClusterWish): Promise<ClusterRecord> {
  const { host, port } = readAddress(wish.address);
  const door = parts.openDoor({ host, port, user: wish.user, password: wish.password });
  const identity = await identify(door);
  if (!atLeast(identity.version, 4)) {
    throw new Problem("version-not-supported", {
      found: `${wish.address} is OceanBase ${versionText(identity.version)}; this Holdfast speaks to 4.x.`,
      remedy: "Use OceanBase 4.2 or newer.",
      values: { version: versionText(identity.version) },
    });
  }
  const { clusterName, version, versionComment } = identity;
  const record = await parts.store.addCluster({
    name: wish.name,
    host,
    port,
    user: wish.user,
    password: wish.password,
    clusterName,
    version,
    versionComment,
    addedAt: parts.clock.now(),
  });
  await parts.loop.watch(wish.name);
  return record;
}

async function identify(door: OceanBase) {
  try {
    return await door.identify();
  } finally {
    await door.close();
  }
}

export async function removeCluster(parts: RequestParts, name: string): Promise<void> {
  await observedCluster(parts.store, name);
  await parts.store.removeCluster(name);
  await parts.loop.unwatch(name);
}

function readAddress(address: string): { host: string; port: number } {
  const match = /^(\[[0-9a-f:]+\]|[^:\s/]+):(\d{1,5})$/i.exec(address);
  const port = Number(match?.[2]);
  if (!match || port < 1 || port > 65535) {
    throw new Problem("input-invalid", {
      found: `${JSON.stringify(address)} is no address.`,
      remedy: "Write HOST:PORT, for example 10.0.0.11:2881 (an OBServer) or 10.0.0.10:2883 (OBProxy).",
      values: { address },
    });
  }
  return { host: (match[1] ?? "").replace(/^\[|\]$/g, ""), port };
}
