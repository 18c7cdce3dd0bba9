import type { DeleteJob, DeleteTask } from "../model/clean-rows.ts";
import type { Model } from "../model/model.ts";
import { at, type ViewRow } from "./view-row.ts";

export function deletePolicies(model: Model): readonly ViewRow[] {
  return model.state.deletePolicies.all().map((policy) => ({
    TENANT_ID: policy.tenantId,
    POLICY_NAME: policy.name,
    RECOVERY_WINDOW: policy.recoveryWindow,
  }));
}

function jobRow(job: DeleteJob): ViewRow {
  return {
    TENANT_ID: job.tenantId,
    JOB_ID: job.jobId,
    INCARNATION: 1,
    INITIATOR_TENANT_ID: job.initiatorTenantId,
    INITIATOR_JOB_ID: job.initiatorJobId,
    EXECUTOR_TENANT_ID: job.executorTenantIds.join(","),
    TYPE: job.type,
    PARAMETER: at(job.expiredAt),
    JOB_LEVEL: job.level,
    START_TIMESTAMP: at(job.startedAt),
    END_TIMESTAMP: at(job.endedAt),
    STATUS: job.status,
    TASK_COUNT: job.taskCount,
    SUCCESS_TASK_COUNT: job.successTaskCount,
    RESULT: job.result,
    COMMENT: job.comment,
  };
}

/** A job stands in exactly one of the two views, and its tasks with it. */
export function runningDeleteJobs(model: Model): readonly ViewRow[] {
  return model.state.deleteJobs.all().map(jobRow);
}

export function endedDeleteJobs(model: Model): readonly ViewRow[] {
  return model.state.deleteJobHistory.all().map(jobRow);
}

function taskRow(task: DeleteTask): ViewRow {
  return {
    TENANT_ID: task.tenantId,
    TASK_ID: task.taskId,
    INCARNATION: 1,
    JOB_ID: task.jobId,
    TASK_TYPE: task.type,
    ID: task.id,
    ROUND_ID: task.roundId,
    DEST_ID: task.destId,
    START_TIMESTAMP: at(task.startedAt),
    END_TIMESTAMP: at(task.endedAt),
    STATUS: task.status,
    TOTAL_LS_COUNT: task.streams,
    FINISH_LS_COUNT: task.finishedStreams,
    RESULT: task.result,
    COMMENT: task.comment,
    PATH: task.uri,
  };
}

export function runningDeleteTasks(model: Model): readonly ViewRow[] {
  return model.state.deleteTasks.all().map(taskRow);
}

export function endedDeleteTasks(model: Model): readonly ViewRow[] {
  return model.state.deleteTaskHistory.all().map(taskRow);
}
