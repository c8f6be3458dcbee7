import { wholeSecond } from '@crmjira/domain';
import type { PersonTest } from '../../../connections/personal/test-person';

/** What a row says of its last test; who it is in Jira stays known where that was not found out. */
export const testColumns = (
  { problem, ms, displayName, accountId }: PersonTest,
  now: Date,
): Readonly<Record<string, unknown>> => ({
  crmjira_last_test_on: wholeSecond(now.toISOString()),
  crmjira_last_test_ok: problem === null,
  crmjira_last_test_ms: ms,
  crmjira_last_test_reason: problem,
  ...(displayName === null ? {} : { crmjira_display_name: displayName }),
  ...(accountId === null ? {} : { crmjira_account_id: accountId }),
});
