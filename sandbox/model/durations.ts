import { HOUR, MINUTE, type Micros, SECOND } from "./time.ts";

/**
 * How long things take on the cluster's own clock. Real OceanBase needs minutes (a full backup of an almost empty tenant
 * about 2, a restore 3 to 6); these keep its order and its proportions at a pace that a person or a test can wait for.
 * A clock with a factor speeds all of them up alike.
 */
export const DURATIONS = {
  /** Statement to the round's first row; the kernel's scheduler idles 2 s to 60 s. */
  archiveWake: 0.3 * SECOND,
  archivePrepare: 0.7 * SECOND,
  archiveBegin: 1.2 * SECOND,
  archiveStop: 1.5 * SECOND,
  archiveSuspend: 1 * SECOND,
  /** The kernel waits 10 min before it stops an archive whose medium is dead by force (4.2.5, 4.3.x). */
  archiveForcedStop: 30 * SECOND,
  /** A medium that takes no writes for so long interrupts the round: the log it waits for is recycled. */
  archiveLogKept: 5 * MINUTE,
  /** CHECKPOINT_SCN moves every max(archive_lag_target / 2, floor), at most ceiling. As in OceanBase, not shortened. */
  archiveRefreshFloor: 2 * SECOND,
  archiveRefreshCeiling: 60 * SECOND,
  /** The parent row of a job of sys, before its children appear (4.2.1.9: 50 ms). A second BACKUP in between is taken. */
  backupFanOut: 0.05 * SECOND,
  backupInit: 0.5 * SECOND,
  backupPhase: {
    INIT: 0.2 * SECOND,
    BACKUP_SYS_META: 0.8 * SECOND,
    BACKUP_USER_META: 1 * SECOND,
    BACKUP_META_FINISH: 0.5 * SECOND,
    BACKUP_DATA_SYS: 0.8 * SECOND,
    BACKUP_DATA_MINOR: 3 * SECOND,
    BACKUP_DATA_MAJOR: 3 * SECOND,
    BACKUP_USER_DATA: 5 * SECOND,
    BACKUP_FUSE_TABLET_META: 0.8 * SECOND,
    BEFORE_BACKUP_LOG: 0.4 * SECOND,
    BACKUP_LOG: 0.6 * SECOND,
  } as Readonly<Record<string, Micros>>,
  /** Added to the data phases for each MiB that is copied. */
  backupPerMebibyte: 0.05 * SECOND,
  /** A parent row ends so much later than its last child (4.2.1.9: 8 s to 20 s). */
  backupParentEnd: 1 * SECOND,
  backupCancel: 0.6 * SECOND,
  backupRetryPause: 5 * SECOND,
  /** START_REPLAY_SCN lies before the start of a set (docs sample: 4.5 min), but never before the round's start. */
  replayLead: 10 * SECOND,
  /** Looks for a policy of deletion this often. As in OceanBase, not shortened. */
  cleanTrigger: HOUR,
  /** A job of deletion with nothing to do is over within 76 ms (docs sample). */
  cleanWake: 0.03 * SECOND,
  /** One set or piece. */
  cleanTask: 0.4 * SECOND,
  restoreCreateTenant: 1 * SECOND,
  restorePhase: {
    RESTORE_PRE: 1 * SECOND,
    RESTORE_CREATE_INIT_LS: 1.5 * SECOND,
    PHYSICAL_RESTORE_WAIT_RESTORE_TO_CONSISTENT_SCN: 3 * SECOND,
    RESTORE_WAIT_LS: 4 * SECOND,
    POST_CHECK: 0.5 * SECOND,
    UPGRADE: 0.5 * SECOND,
  } as Readonly<Record<string, Micros>>,
  restorePerMebibyte: 0.05 * SECOND,
  /** The sys row ends last. */
  restoreSysFinish: 0.5 * SECOND,
  /** A restore whose tenant was dropped: its row of sys stays for so long (4.2.1.9: 60 s). */
  restoreCanceled: 3 * SECOND,
  /** Dropped without FORCE: DROPPING for so long. */
  delayedDrop: 60 * SECOND,
  /** A standby asked to go on replaying looks for new log this often. */
  standbyReplay: 5 * SECOND,
} as const;
