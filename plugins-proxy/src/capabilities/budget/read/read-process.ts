import { process, type ProcessFacts } from '@crmjira/domain';
import { z } from 'zod';
import type { DataverseReader } from '../../../clients/dataverse/reader';
import { equalsId } from '../../../clients/dataverse/filter';
import { guid, optionalGuid, optionalText } from '../../../clients/dataverse/columns';

/** Status reasons of a process instance (the platform's own). */
const activeStatus = 1;
const abortedStatus = 3;

const processRow = z.object({
  businessprocessflowinstanceid: guid,
  _activestageid_value: guid,
  traversedpath: optionalText,
  statuscode: z.number().nullish(),
  versionnumber: z.number().nullish(),
  _modifiedby_value: optionalGuid,
});
const columns = Object.keys(processRow.shape);

function toFacts(row: z.output<typeof processRow>, serviceUserId: string | null): ProcessFacts {
  const status = row.statuscode ?? activeStatus;
  return {
    instanceId: row.businessprocessflowinstanceid,
    activeStageId: row._activestageid_value,
    traversedPath: row.traversedpath ?? '',
    finished: status !== activeStatus,
    abandoned: status === abortedStatus,
    ...(row.versionnumber == null ? {} : { version: row.versionnumber }),
    ...(serviceUserId === null ? {} : { writtenByService: row._modifiedby_value === serviceUserId }),
  };
}

/**
 * The instance of our process on an opportunity; an active one before a finished one.
 * @param serviceUserId whose writes are this service's own
 */
export async function readProcess(
  client: DataverseReader,
  opportunityId: string,
  serviceUserId: string,
): Promise<ProcessFacts | null> {
  const rows = await client.many(
    process.entitySet,
    { select: columns, filter: equalsId('_bpf_opportunityid_value', opportunityId), orderBy: ['createdon desc'] },
    processRow,
  );
  const facts = rows.map((row) => toFacts(row, serviceUserId));
  return facts.find((one) => !one.finished) ?? facts[0] ?? null;
}

const instanceRow = processRow.extend({ _bpf_opportunityid_value: guid });

/** An instance with the opportunity it belongs to, for the stage gate. */
export async function readProcessInstance(
  client: DataverseReader,
  instanceId: string,
): Promise<{ readonly process: ProcessFacts; readonly opportunityId: string } | null> {
  const select = [...columns, '_bpf_opportunityid_value'];
  const row = await client.one(process.entitySet, instanceId, select, instanceRow);
  return row === null ? null : { process: toFacts(row, null), opportunityId: row._bpf_opportunityid_value };
}
