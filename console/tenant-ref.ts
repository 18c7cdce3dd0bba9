/** Which tenant a part of the page is about: a cluster's name and the tenant's in it. */
export interface TenantRef {
  readonly cluster: string;
  readonly tenant: string;
}
