import { tables } from '@crmjira/domain';

/** Tables of Dataverse whose rows grow old. */
export type AgingTable =
  | 'crmjira_command'
  | 'crmjira_integration_log'
  | 'crmjira_budget_mapping'
  | 'crmjira_final_report'
  | 'crmjira_budget_alert'
  | 'crmjira_budget_approval'
  | 'crmjira_budget_decision'
  | 'crmjira_budget_snapshot';

/** How long something is kept, and what happens to it then (R-1107). */
export type RetentionRule =
  | { readonly what: 'deliveries'; readonly keepDays: number; readonly then: 'delete' }
  /** The service's role may not delete these and nobody needs them for years: rows that are due are counted and reported. */
  | { readonly what: 'crmjira_command'; readonly keepDays: number; readonly then: 'count' }
  | {
      readonly what: Exclude<AgingTable, 'crmjira_command'>;
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
export type ArchivingRule = Extract<RetentionRule, { readonly period: string }>;

/** The rules, shortest first. Jira Cloud retries a delivery within hours, so 30 days tell every duplicate. */
export const retentionRules = [
  { what: 'deliveries', keepDays: 30, then: 'delete' },
  { what: 'crmjira_command', keepDays: 90, then: 'count' },
  { what: 'crmjira_integration_log', period: 'log', since: 'createdon', then: 'move' },
  { what: 'crmjira_budget_mapping', period: 'business', since: 'crmjira_archived_on', then: 'copy' },
  { what: 'crmjira_final_report', period: 'business', since: 'createdon', then: 'copy' },
  { what: 'crmjira_budget_alert', period: 'business', since: 'createdon', then: 'copy' },
  { what: 'crmjira_budget_approval', period: 'business', since: 'createdon', then: 'copy' },
  { what: 'crmjira_budget_decision', period: 'business', since: 'createdon', then: 'copy' },
  { what: 'crmjira_budget_snapshot', period: 'business', since: 'createdon', then: 'copy' },
] as const satisfies readonly RetentionRule[];

/** Those that end in the archive. */
export const archivingRules: readonly ArchivingRule[] = (retentionRules as readonly RetentionRule[]).filter(
  (rule): rule is ArchivingRule => 'period' in rule,
);

const dayMs = 86_400_000;

/** The moment before which something is due. Pure. */
export function dueBefore(rule: { readonly keepDays: number }, now: Date): Date {
  return new Date(now.getTime() - rule.keepDays * dayMs);
}

/** Entity set and primary key of a rule's table. */
export const tableOf = (rule: ArchivingRule) => tables[rule.what];
