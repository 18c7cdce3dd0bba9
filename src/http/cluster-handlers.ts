import type { AnswerOf } from "../api/contract.ts";
import { type Json, type Loose, toJson } from "../api/json.ts";
import { observedCluster } from "../control/acceptance.ts";
import { versionText } from "../domain/version.ts";
import type { ClusterRecord, Store } from "../store/store.ts";
import type { Handlers, ServerParts } from "./handler.ts";

type ClusterAnswer = Loose<AnswerOf<"listClusters">["items"][number]>;

export const CLUSTER_HANDLERS: Handlers<
  "listClusters" | "addCluster" | "showCluster" | "removeCluster" | "health"
> = {
  async listClusters({ store }) {
    const records = await store.clusters();
    return { items: await Promise.all(records.map((each) => clusterAnswer(store, each))) };
  },
  async addCluster({ store, requests }, { body }) {
    return clusterAnswer(store, await requests.addCluster(body));
  },
  async showCluster({ store }, { params }) {
    const record = await observedCluster(store, params.cluster);
    const resources = await store.resources(record.name);
    return { ...(await clusterAnswer(store, record)), resources: resources ? toJson(resources) : null };
  },
  async removeCluster({ requests }, { params }) {
    await requests.removeCluster(params.cluster);
    return null;
  },
  async health({ store, version, startedAt }: ServerParts) {
    const [clusters, active] = [await store.clusters(), await store.activeOperations()];
    return {
      version,
      startedAt,
      lastChange: await store.lastChange(),
      clusters: clusters.length,
      activeOperations: active.length,
    };
  },
};

export async function clusterAnswer(store: Store, record: ClusterRecord): Promise<ClusterAnswer> {
  const tenants = await store.tenants(record.name);
  const {
    name,
    host,
    port,
    user,
    clusterName,
    version,
    versionComment,
    addedAt,
    observedAt,
    clusterNow,
    unobserved,
  } = record;
  return {
    name,
    host,
    port,
    user,
    clusterName,
    versionComment,
    addedAt,
    observedAt,
    version: versionText(version),
    isSandbox: /sandbox/i.test(versionComment),
    clusterNow: (clusterNow === null ? null : clusterNow.toString()) as Json<typeof clusterNow>,
    unobserved,
    tenantCount: tenants.filter((each) => each.tenant.kind === "user").length,
  };
}
