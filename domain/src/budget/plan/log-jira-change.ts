import { derivedId } from '../../hash/derived-id';
import { IntegrationStatus, OperationType, SourceSystem } from '../../schema/generated/options';
import type { RowWrite } from './actions';
import type { JiraProjectFacts, MappingFacts, OpportunityFacts } from './facts';
import { type LogEntry, logRow } from './log-row';
import { create } from './write-rows';

/**
 * One log row for figures taken over from Jira (R-505: operation Update, source Jira, success).
 * @param trigger with the mapping's version it makes the row this change's own
 */
export function logJiraChange(
  mapping: MappingFacts,
  project: JiraProjectFacts,
  opportunity: OpportunityFacts,
  trigger: string,
  more: Pick<LogEntry, 'eventType' | 'message'> = {},
): RowWrite {
  return create(
    'crmjira_integration_log',
    derivedId(mapping.id, 'log', trigger, mapping.version),
    logRow({
      operation: OperationType.Update,
      source: SourceSystem.Jira,
      sourceId: project.key,
      targetId: opportunity.id,
      status: IntegrationStatus.Success,
      mapping: mapping.id,
      ...more,
    }),
  );
}
