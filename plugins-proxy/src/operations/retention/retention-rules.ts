import { archivedBefore, CommandState, CommandType, type RetentionPolicy, tables } from '@crmjira/domain';

/** Tables of Dataverse whose rows grow old. */
export type AgingTable =
  | 'crmjira_integration_log'
  | 'crmjira_sync_log'
  | 'crmjira_budget_mapping'
  | 'crmjira_final_report'
  | 'crmjira_budget_alert'
  | 'crmjira_budget_approval'
  | 'crmjira_budget_decision'
  | 'crmjira_budget_snapshot'
  | 'crmjira_admin_audit';

/** How long something is kept, and what happens to it then (R-1107). */
export type RetentionRule =
  | { readonly what: 'deliveries'; readonly keepHours: number; readonly then: 'delete' }
  /**
   * Commands, which nobody needs for years: removed by the application user that may, as the service's role may not delete them; what is
   * left is counted.
   */
  | {
      readonly what: 'searches' | 'crmjira_command';
      readonly keepHours: number;
      readonly types: readonly CommandType[] | 'all';
      readonly then: 'remove';
    }
  /**
   * Copies of what stands in Jira: of an issue that no link stands on, once it has been resolved or gone for as long as a business record
   * is active. Removed by the same user.
   */
  | { readonly what: 'crmjira_jira_issue'; readonly then: 'forget' }
  | {
      readonly what: AgingTable;
      /** Whose time of the retention policy counts. */
      readonly period: 'log' | 'business';
      /** Column that the time is counted from. */
      readonly since: string;
      /**
       * `move`: archived, then removed from Dataverse by the application user that may. `copy`: archived, and left to be read where
       * people look for it; no role of ours may delete it.
       */
      readonly then: 'move' | 'copy';
    };
export type CommandRule = Extract<RetentionRule, { readonly then: 'remove' }>;
export type ArchivingRule = Extract<RetentionRule, { readonly period: string }>;

/** What they find serves for a moment, and tells names that others may not read. */
const searches: readonly CommandType[] = [
  CommandType.FindProjects,
  CommandType.FindIssues,
  CommandType.TryMapping,
  CommandType.FindJiraSites,
];

/** The rules, shortest first. Jira Cloud retries a delivery within hours, so 30 days tell every duplicate. */
export const retentionRules = [
  { what: 'searches', keepHours: 1, types: searches, then: 'remove' },
  { what: 'deliveries', keepHours: 30 * 24, then: 'delete' },
  { what: 'crmjira_command', keepHours: 90 * 24, types: 'all', then: 'remove' },
  { what: 'crmjira_integration_log', period: 'log', since: 'createdon', then: 'move' },
  { what: 'crmjira_sync_log', period: 'log', since: 'createdon', then: 'move' },
  { what: 'crmjira_jira_issue', then: 'forget' },
  { what: 'crmjira_budget_mapping', period: 'business', since: 'crmjira_archived_on', then: 'copy' },
  { what: 'crmjira_final_report', period: 'business', since: 'createdon', then: 'copy' },
  { what: 'crmjira_budget_alert', period: 'business', since: 'createdon', then: 'copy' },
  { what: 'crmjira_budget_approval', period: 'business', since: 'createdon', then: 'copy' },
  { what: 'crmjira_budget_decision', period: 'business', since: 'createdon', then: 'copy' },
  { what: 'crmjira_budget_snapshot', period: 'business', since: 'createdon', then: 'copy' },
  { what: 'crmjira_admin_audit', period: 'business', since: 'createdon', then: 'copy' },
] as const satisfies readonly RetentionRule[];

/** Those that end in the archive. */
export const archivingRules: readonly ArchivingRule[] = (retentionRules as readonly RetentionRule[]).filter(
  (rule): rule is ArchivingRule => 'period' in rule,
);

const hourMs = 3_600_000;

/** The moment before which something is due. Pure. */
export function dueBefore(rule: RetentionRule, now: Date, policy: RetentionPolicy): Date {
  if ('keepHours' in rule) return new Date(now.getTime() - rule.keepHours * hourMs);
  return archivedBefore('period' in rule ? rule.period : 'business', now, policy);
}

/** Entity set and primary key of a rule's table. */
export const tableOf = (rule: ArchivingRule | CommandRule) =>
  tables[rule.then === 'remove' ? 'crmjira_command' : rule.what];

const either = (column: string, values: readonly number[]): string =>
  `(${values.map((value) => `${column} eq ${value}`).join(' or ')})`;

/** Commands that a person still waits for are not past their time, however old. */
const ended = either('crmjira_command_state', [CommandState.Done, CommandState.Refused, CommandState.Failed]);

/** Commands that a rule is about and that have ended. */
export const endedCommands = ({ types }: CommandRule): string =>
  types === 'all' ? ended : `${ended} and ${either('crmjira_command_type', types)}`;
