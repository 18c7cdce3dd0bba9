import type { Cluster } from "../domain/cluster.ts";
import { Problem } from "../domain/problem.ts";
import type { Tenant } from "../domain/tenant.ts";
import { atLeast, type Version, versionText } from "../domain/version.ts";
import type { OceanBase } from "../oceanbase/oceanbase.ts";
import type { ClusterRecord, Store } from "../store/store.ts";
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
  const { name, user, password } = wish;
  const { host, port } = readAddress(wish.address);
  const watched = await parts.store.clusters();
  refuseTaken(watched, { name, host, port });
  const { clusterName, version, versionComment } = await meet(parts, { wish, host, port, watched });
  const record = await parts.store.addCluster({
    name,
    host,
    port,
    user,
    password,
    clusterName,
    version,
    versionComment,
    addedAt: parts.clock.now(),
  });
  await parts.loop.watch(name);
  return record;
}

/** Before anything is asked of the address: what we know already needs no answer. */
function refuseTaken(
  watched: readonly ClusterRecord[],
  wanted: { readonly name: string; readonly host: string; readonly port: number },
): void {
  if (watched.some((each) => each.name === wanted.name)) {
    throw new Problem("cluster-name-taken", {
      found: `A cluster named ${wanted.name} is watched already.`,
      remedy: "Choose another name, or remove that cluster first.",
      values: { cluster: wanted.name },
    });
  }
  const same = watched.find((each) => each.host === wanted.host && each.port === wanted.port);
  if (same) throw alreadyWatched(same);
}

interface Meeting {
  readonly wish: NewClusterWish;
  readonly host: string;
  readonly port: number;
  readonly watched: readonly ClusterRecord[];
}

async function meet(
  parts: RequestParts,
  { wish, host, port, watched }: Meeting,
): Promise<Omit<Cluster, "name">> {
  const door = parts.openDoor({ host, port, user: wish.user, password: wish.password });
  try {
    const identity = await door.identify();
    if (!atLeast(identity.version, 4)) throw tooOld(wish.address, identity.version);
    const namesakes = watched.filter((each) => each.clusterName === identity.clusterName);
    const same = namesakes.length === 0 ? undefined : await sameAs(parts.store, { door, namesakes });
    if (same) throw alreadyWatched(same);
    return identity;
  } catch (error) {
    throw error instanceof Problem && error.code === "cluster-unreachable" ? notAdded(error, wish) : error;
  } finally {
    await door.close();
  }
}

/**
 * One cluster answers at many addresses, and two may have one name. No two have a tenant of the same number that was made
 * in the same microsecond: `sys` alone tells them apart by when the cluster itself was made.
 */
async function sameAs(
  store: Store,
  { door, namesakes }: { readonly door: OceanBase; readonly namesakes: readonly ClusterRecord[] },
): Promise<ClusterRecord | undefined> {
  const { tenants } = await door.takeInventory();
  const births = new Set(tenants.flatMap(({ tenant }) => birthOf(tenant) ?? []));
  for (const namesake of namesakes) {
    const known = await store.tenants(namesake.name);
    if (known.some(({ tenant }) => births.has(birthOf(tenant) ?? ""))) return namesake;
  }
  return undefined;
}

function birthOf({ id, createdAt }: Tenant): string | undefined {
  return createdAt === null ? undefined : `${id} ${createdAt}`;
}

function alreadyWatched({ name, host, port }: ClusterRecord): Problem {
  return new Problem("cluster-already-watched", {
    found: `This cluster is watched already, as ${name} at ${host}:${port}.`,
    remedy: "Use that one; to give it another name or address, remove it and add it anew.",
    values: { cluster: name, address: `${host}:${port}` },
  });
}

/** Nobody tries again: the cluster is not on record yet. */
function notAdded({ body }: Problem, { name, address }: NewClusterWish): Problem {
  return new Problem("cluster-unreachable", {
    found: body.found,
    remedy: `Check that the cluster runs and that this machine reaches its SQL port, then add it again: ${name} was not added.`,
    values: { ...body.values, address, notAdded: name },
    ...(body.oceanbase && { oceanbase: body.oceanbase }),
  });
}

function tooOld(address: string, version: Version): Problem {
  return new Problem("version-not-supported", {
    found: `${address} is OceanBase ${versionText(version)}; this Holdfast speaks to 4.x.`,
    remedy: "Use OceanBase 4.2 or newer.",
    values: { version: versionText(version) },
  });
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
