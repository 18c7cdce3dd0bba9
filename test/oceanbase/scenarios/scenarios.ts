import type { Scenario } from "../stage.ts";
import { aDay } from "./a-day.ts";
import { archiveRounds } from "./archive-rounds.ts";
import { backupRefused } from "./backup-refused.ts";
import { cancelBackup } from "./cancel-backup.ts";
import { database } from "./database.ts";
import { deferEnable } from "./defer-enable.ts";
import { deleteObsolete } from "./delete-obsolete.ts";
import { destinationGone } from "./destination-gone.ts";
import { dropInBackup } from "./drop-in-backup.ts";
import { encrypted } from "./encrypted.ts";
import { grammar } from "./grammar.ts";
import { incremental } from "./incremental.ts";
import { plusArchivelog } from "./plus-archivelog.ts";
import { refusals } from "./refusals.ts";
import { restoreCanceled } from "./restore-canceled.ts";
import { restoreInGap } from "./restore-in-gap.ts";
import { restoreRefused } from "./restore-refused.ts";
import { restoreToScn } from "./restore-to-scn.ts";

export const SCENARIOS: readonly Scenario[] = [
  aDay,
  archiveRounds,
  incremental,
  cancelBackup,
  backupRefused,
  restoreRefused,
  restoreToScn,
  restoreCanceled,
  restoreInGap,
  encrypted,
  plusArchivelog,
  deferEnable,
  destinationGone,
  deleteObsolete,
  database,
  dropInBackup,
  refusals,
  grammar,
];
