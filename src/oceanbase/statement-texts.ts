import { maskSecrets } from "./destination.ts";
import type { StatementTexts } from "./oceanbase.ts";
import { v4 } from "./v4.ts";

const MASK = "******";

/**
 * The statements as a person may see them, on a page, in a plan, in the record of an operation: what `v4` would send,
 * with every password and key masked, so that a DBA can put in their own and finish by hand.
 */
export const statementTexts: StatementTexts = {
  ...v4,
  setDestinations: (request) => v4.setDestinations(request).map(maskSecrets),
  startBackup: ({ encryptionPassword, ...request }) =>
    v4.startBackup({ ...request, encryptionPassword: encryptionPassword === null ? null : MASK }),
  startRestore: ({ decryptionPasswords, ...request }) =>
    v4
      .startRestore({ ...request, decryptionPasswords: decryptionPasswords.map(() => MASK) })
      .map(maskSecrets),
};
