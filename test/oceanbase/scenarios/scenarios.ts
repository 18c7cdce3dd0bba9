import type { Scenario } from "../stage.ts";
import { aBadDay } from "./a-bad-day.ts";
import { aDay } from "./a-day.ts";
import { archiveRounds } from "./archive-rounds.ts";
import { backupRefused } from "./backup-refused.ts";
import { database } from "./database.ts";
import { deferEnable } from "./defer-enable.ts";
import { directoryAway } from "./directory-away.ts";
import { encrypted } from "./encrypted.ts";
import { incremental } from "./incremental.ts";
import { interrupted } from "./interrupted.ts";
import { refusals } from "./refusals.ts";
import { restoreCanceled } from "./restore-canceled.ts";
import { restoreToScn } from "./restore-to-scn.ts";

export const SCENARIOS: readonly Scenario[] = [
  aDay,
  archiveRounds,
  incremental,
  interrupted,
  deferEnable,
  encrypted,
  directoryAway,
  aBadDay,
  refusals,
  backupRefused,
  database,
  restoreToScn,
  restoreCanceled,
];
