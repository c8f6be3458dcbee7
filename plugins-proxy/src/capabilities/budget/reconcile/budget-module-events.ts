import {
  BudgetSource,
  commandRow,
  CommandType,
  derivedId,
  IntegrationStatus,
  logRow,
  OperationType,
  SourceSystem,
  tables,
} from '@crmjira/domain';
import { z } from 'zod';
import { applyChangeSet } from '../../../reconciler/actions/apply-change-set';
import type { LogContext } from '../../../reconciler/log-context';
import type { DataverseClient } from '../../../clients/dataverse/dataverse-client';
import { guid, optionalGuid, optionalInstant, optionalNumber } from '../../../clients/dataverse/columns';
import { isOvertaken } from './closed-project';
import { writeOnce } from '../../../clients/dataverse/write-once';

const mappingRow = z.object({
  crmjira_budget_mappingid: guid,
  _crmjira_opportunity_id_value: optionalGuid,
  crmjira_jira_project_key: z.string(),
  crmjira_completed_on: optionalInstant,
  crmjira_budget_source: optionalNumber,
});
type MappingRow = z.output<typeof mappingRow>;

/** When the event was first worked on, the same for all its retries, and what its run says of itself in the log. */
export interface TriggeringEvent {
  readonly since: Date;
  readonly log: () => LogContext;
}

const readMappings = (client: DataverseClient, filter: string): Promise<MappingRow[]> =>
  client.batched.many(
    tables.crmjira_budget_mapping.entitySet,
    { select: Object.keys(mappingRow.shape), filter },
    mappingRow,
  );

/** A log row about what an event of Jira's says and does not do; one, however often the event is sent. */
async function logOnce(
  client: DataverseClient,
  mapping: MappingRow,
  { logId, eventType, message }: { readonly logId: string; readonly eventType: string; readonly message: string },
  triggeringEvent: TriggeringEvent,
): Promise<void> {
  const columns = logRow({
    operation: OperationType.Update,
    source: SourceSystem.Jira,
    sourceId: mapping.crmjira_jira_project_key,
    targetId: mapping._crmjira_opportunity_id_value,
    status: IntegrationStatus.Success,
    mapping: mapping.crmjira_budget_mappingid,
    eventType,
    message,
  });
  const write = { op: 'create', table: 'crmjira_integration_log', id: logId, columns } as const;
  await applyChangeSet(client, [write], triggeringEvent.log());
}

/**
 * `budget:budget_approved`: one log row a mapping and UTC day, for people to see. It never counts as the approval of R-306: nothing
 * else is written.
 */
export async function logConfirmation(
  client: DataverseClient,
  filter: string,
  triggeringEvent: TriggeringEvent,
): Promise<void> {
  for (const mapping of await readMappings(client, filter)) {
    const day = triggeringEvent.since.toISOString().slice(0, 10);
    const confirmed = {
      logId: derivedId(mapping.crmjira_budget_mappingid, 'log', 'budget-approved', day),
      eventType: 'budget:budget_approved',
      message: 'Confirmed in Jira. It is not an approval in Dynamics, and changes nothing here.',
    };
    await logOnce(client, mapping, confirmed, triggeringEvent);
  }
}

/**
 * `project_closed` of the budget module (R-801, E4): no later look at Jira would tell of it, so it becomes what
 * a person's "Complete project" is, a command row, which the next run carries out after it has read the final figures anew. Where
 * that module is not the budget source, where the project is completed already, and where it has been reopened since, nothing is
 * asked for.
 * @param closedAt milliseconds; null = the event does not say
 */
export async function askForCompletion(
  client: DataverseClient,
  filter: string,
  closedAt: number | null,
  triggeringEvent: TriggeringEvent,
): Promise<void> {
  for (const mapping of await readMappings(client, filter)) {
    const opportunityId = mapping._crmjira_opportunity_id_value;
    if (opportunityId === null || mapping.crmjira_completed_on !== null) continue;
    if (mapping.crmjira_budget_source !== BudgetSource.BudgetModule) continue;
    if (await isOvertaken(client, mapping.crmjira_budget_mappingid, closedAt, triggeringEvent.since)) {
      const overtaken = {
        logId: derivedId(mapping.crmjira_budget_mappingid, 'log', 'project-closed-overtaken', String(closedAt)),
        eventType: 'project_closed',
        message:
          'Ignored: the project was reopened after this event, or the event does not say when it happened. To complete the project, use Complete project in Dynamics.',
      };
      await logOnce(client, mapping, overtaken, triggeringEvent);
      continue;
    }
    await writeOnce(client, {
      op: 'create',
      collection: tables.crmjira_command.entitySet,
      id: derivedId(mapping.crmjira_budget_mappingid, 'project-closed', triggeringEvent.since.toISOString()),
      columns: commandRow({ table: 'opportunity', id: opportunityId }, CommandType.CompleteProject, {
        crmjira_argument: 'project_closed',
        crmjira_requested_on: triggeringEvent.since.toISOString(),
      }),
    });
  }
}
