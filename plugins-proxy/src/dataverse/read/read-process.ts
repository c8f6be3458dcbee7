import { process, type ProcessFacts } from '@crmjira/domain';
import { z } from 'zod';
import type { DataverseReader } from '../reader';
import { equalsId } from '../filter';
import { guid, optionalText } from './columns';

/** Status reasons of a process instance: 1 Active, 2 Finished, 3 Aborted (the platform's own). */
const activeStatus = 1;

const processRow = z.object({
  businessprocessflowinstanceid: guid,
  _activestageid_value: guid,
  traversedpath: optionalText,
  statuscode: z.number().nullish(),
});
const columns = Object.keys(processRow.shape);

function toFacts(row: z.output<typeof processRow>): ProcessFacts {
  return {
    instanceId: row.businessprocessflowinstanceid,
    activeStageId: row._activestageid_value,
    traversedPath: row.traversedpath ?? '',
    finished: (row.statuscode ?? activeStatus) !== activeStatus,
  };
}

/** The instance of our process on an opportunity; an active one before a finished one. */
export async function readProcess(client: DataverseReader, opportunityId: string): Promise<ProcessFacts | null> {
  const rows = await client.many(
    process.entitySet,
    { select: columns, filter: equalsId('_bpf_opportunityid_value', opportunityId), orderBy: ['createdon desc'] },
    processRow,
  );
  const facts = rows.map(toFacts);
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
  return row === null ? null : { process: toFacts(row), opportunityId: row._bpf_opportunityid_value };
}
