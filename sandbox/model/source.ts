import type { Destination, Source } from "../tenant-data/destination.ts";
import { factsOf, type Model } from "./model.ts";
import type { Tenant } from "./state.ts";

/** What every set and piece says about where it comes from. */
export function sourceOf(model: Model, tenant: Tenant): Source {
  const { name, clusterId } = factsOf(model);
  return {
    clusterName: name,
    clusterId,
    tenantName: tenant.name,
    tenantId: tenant.id,
    version: model.version.text,
    compatible: tenant.compatible,
    zoneMinutes: tenant.timeZoneMinutes,
  };
}

export function destinationOf(
  model: Model,
  dest: { readonly uri: string; readonly destId: number },
): Destination {
  return { uri: dest.uri, directory: model.media.directoryOf(dest.uri), id: dest.destId };
}
