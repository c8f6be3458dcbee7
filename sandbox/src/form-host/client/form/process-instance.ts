import type { ProcessFlowMetadata, ProcessStageMetadata } from '@crmjira/domain';
import { type Row, createRow, readRows, updateRow } from '../web-api/web-api';
import { textOf } from '../web-api/row-values';

export type ProcessStatus = 'active' | 'finished' | 'aborted';

/** The business process of one opportunity: an instance row of the process's own table. */
export interface ProcessInstance {
  readonly id: string;
  readonly activeStageId: string;
  /** stage ids in the order in which they were entered */
  readonly path: readonly string[];
  readonly stageStartedOn: string | null;
  readonly startedOn: string | null;
  readonly status: ProcessStatus;
}

/** State and status reason of a process instance. Source: business process flow tables. */
const statuses: Readonly<Record<ProcessStatus, { readonly statecode: number; readonly statuscode: number }>> = {
  active: { statecode: 0, statuscode: 1 },
  finished: { statecode: 1, statuscode: 2 },
  aborted: { statecode: 1, statuscode: 3 },
};

/** Newest instance for the opportunity, null when the process has not been started. */
export async function readInstance(entitySet: string, opportunityId: string): Promise<ProcessInstance | null> {
  const { rows } = await readRows(
    `${entitySet}?$filter=_bpf_opportunityid_value eq ${opportunityId}&$orderby=createdon desc&$top=1`,
  );
  return rows[0] ? toInstance(rows[0]) : null;
}

function toInstance(row: Row): ProcessInstance {
  const stageStartedOn = textOf(row, 'activestagestartedon');
  // An instance cannot be younger than its active stage; a migrated row can say so all the same.
  const [startedOn = null] = [textOf(row, 'createdon'), stageStartedOn].filter((moment) => moment !== null).sort();
  return {
    id: textOf(row, 'businessprocessflowinstanceid') ?? '',
    activeStageId: textOf(row, '_activestageid_value') ?? '',
    path: (textOf(row, 'traversedpath') ?? '').split(',').filter(Boolean),
    stageStartedOn,
    startedOn,
    status: statusOf(row['statuscode']),
  };
}

function statusOf(statuscode: unknown): ProcessStatus {
  if (statuscode === statuses.finished.statuscode) return 'finished';
  return statuscode === statuses.aborted.statuscode ? 'aborted' : 'active';
}

/** Ends or reopens the instance; the synchronous step registered on it may refuse. */
export async function setInstanceStatus(
  entitySet: string,
  instance: ProcessInstance,
  status: ProcessStatus,
): Promise<void> {
  await updateRow(entitySet, instance.id, statuses[status]);
}

/** Starts the process at its first stage, as the platform does for a record that has none. */
export async function startInstance(
  process: ProcessFlowMetadata,
  entitySet: string,
  opportunityId: string,
): Promise<void> {
  const [first] = process.stages;
  if (!first) return;
  await createRow(entitySet, {
    'bpf_opportunityid@odata.bind': `/opportunities(${opportunityId})`,
    'activestageid@odata.bind': `/processstages(${first.id})`,
    traversedpath: first.id,
  });
}

/** Moves the instance; the synchronous step registered on it may refuse. */
export async function moveInstance(
  entitySet: string,
  instance: ProcessInstance,
  to: ProcessStageMetadata,
): Promise<void> {
  await updateRow(entitySet, instance.id, {
    'activestageid@odata.bind': `/processstages(${to.id})`,
    traversedpath: pathTo(instance.path, to.id).join(','),
  });
}

/** Going back shortens the path to the stage; going on adds it. */
export function pathTo(path: readonly string[], stageId: string): string[] {
  const index = path.indexOf(stageId);
  return index >= 0 ? path.slice(0, index + 1) : [...path, stageId];
}
