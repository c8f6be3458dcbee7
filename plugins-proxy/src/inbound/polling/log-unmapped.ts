import { derivedId, InboundStatus, IntegrationStatus, OperationType, SourceSystem, tables } from '@crmjira/domain';
import { z } from 'zod';
import type { DataverseClient } from '../../clients/dataverse/dataverse-client';
import { equalsOneOf } from '../../clients/dataverse/filter';
import { guid } from '../../clients/dataverse/columns';
import type { Store } from '../../queue/store/store';
import { writeOnce } from '../../clients/dataverse/write-once';

export interface UnmappedContext {
  readonly dataverse: DataverseClient;
  readonly store: Store;
  readonly now: () => Date;
  readonly connectionIds: () => readonly string[];
}

const dayMs = 86_400_000;
/** How far back days are made up for after the service was down. */
const daysBack = 7;
/** Last day (UTC) whose events are logged. */
const loggedCursor = 'unmapped';

const eventRow = z.object({
  crmjira_inbound_eventid: guid,
  crmjira_project_id: z.string(),
  crmjira_attempts: z.number(),
});

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/**
 * Logs events without mapping once they are counted: one row a project and UTC day, when that day is over, with the number of events
 * . The log is append-only, so a row that counts along cannot stand in it; the inbound event does that meanwhile.
 */
export async function logUnmapped({ dataverse, store, now, connectionIds }: UnmappedContext): Promise<void> {
  const began = now().getTime();
  const today = dayOf(began);
  const yesterday = dayOf(Date.parse(today) - dayMs);
  const logged = await store.readCursor(loggedCursor);
  if (logged !== null && logged >= yesterday) return;
  const first = dayOf(logged === null ? Date.parse(today) - daysBack * dayMs : Date.parse(logged) + dayMs);
  const events = await dataverse.many(
    tables.crmjira_inbound_event.entitySet,
    {
      select: Object.keys(eventRow.shape),
      filter: [
        equalsOneOf('_crmjira_integration_id_value', connectionIds()),
        `crmjira_status eq ${InboundStatus.Ignored}`,
        "crmjira_event_type eq 'no_mapping'",
        `crmjira_received_on ge ${first}T00:00:00Z`,
        `crmjira_received_on lt ${today}T00:00:00Z`,
      ].join(' and '),
    },
    eventRow,
  );
  for (const { crmjira_inbound_eventid: event, crmjira_project_id: project, crmjira_attempts: count } of events) {
    const id = derivedId(event, 'log');
    const columns = {
      crmjira_operation_type: OperationType.Update,
      crmjira_source_system: SourceSystem.Jira,
      crmjira_source_record_id: project,
      // Not a failure: nobody has linked that project.
      crmjira_integration_status: IntegrationStatus.Success,
      crmjira_event_type: 'no_mapping',
      crmjira_event_id: event,
      crmjira_error_message: 'no mapping',
      crmjira_records_processed: count,
      crmjira_correlation_id: event,
      // Of the counting: the events themselves were answered long ago.
      crmjira_duration_ms: Math.max(0, now().getTime() - began),
    };
    // A run that was cut off before it moved its cursor has logged it.
    await writeOnce(dataverse, { op: 'create', collection: tables.crmjira_integration_log.entitySet, id, columns });
  }
  await store.writeCursor(loggedCursor, yesterday);
}
