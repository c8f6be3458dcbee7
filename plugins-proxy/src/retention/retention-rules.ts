const dayMs = 86_400_000;

/** How long something is kept, and what happens to it then (R-1107). */
export interface RetentionRule {
  readonly what: 'deliveries' | 'crmjira_command' | 'crmjira_integration_log';
  readonly keepDays: number;
  /**
   * `delete`: by this service. `count`: the service's role has no delete privilege on the table, and must have none on the log; rows
   * that are due are counted, reported and left to the environment's own retention policy.
   */
  readonly then: 'delete' | 'count';
}

/** The rules, shortest first. Jira Cloud retries a delivery within hours, so 30 days tell every duplicate. */
export const retentionRules = [
  { what: 'deliveries', keepDays: 30, then: 'delete' },
  { what: 'crmjira_command', keepDays: 90, then: 'count' },
  { what: 'crmjira_integration_log', keepDays: 90, then: 'count' },
] as const satisfies readonly RetentionRule[];

/** The moment before which something is due. Pure. */
export function dueBefore(rule: Pick<RetentionRule, 'keepDays'>, now: Date): Date {
  return new Date(now.getTime() - rule.keepDays * dayMs);
}
