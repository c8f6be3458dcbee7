import { cutText, isIssueKey } from '@crmjira/domain';
import { readShown } from '../../../clients/jira/issues/read-shown';
import type { JiraSite } from '../../../clients/jira/jira-site';
import { mayLogWork } from '../../../clients/jira/worklogs/worklogs';
import { inParallel } from '../../../platform/http-client/in-parallel';

/** Questions to Jira at a time: the person's sync and search go on meanwhile. */
const atOnce = 4;
const longestSummary = 120;

/** A key as somebody wants to log time on it. */
export interface CheckedIssue {
  /** As it was asked for. */
  readonly asked: string;
  /** As Jira has it now: an issue that was moved has another. */
  readonly key: string | null;
  readonly reason: 'time-issue-format' | 'time-issue-missing' | 'time-no-permission' | null;
  readonly summary: string | null;
  readonly status: string | null;
  readonly category: string | null;
}

async function check(site: JiraSite, asked: string): Promise<CheckedIssue> {
  const no = { asked, key: null, summary: null, status: null, category: null };
  if (!isIssueKey(asked)) return { ...no, reason: 'time-issue-format' };
  const found = await readShown(site, asked);
  if (found === null) return { ...no, reason: 'time-issue-missing' };
  const { shown, isRestricted } = found;
  const reason = (await mayLogWork(site, shown.key)) ? null : 'time-no-permission';
  // An answer is a row in Dynamics: of an issue with a level of security no more than its key is told there.
  if (isRestricted) return { ...no, key: shown.key, reason };
  return {
    ...{ asked, key: shown.key, reason, status: shown.status, category: shown.statusCategory },
    summary: cutText(shown.summary, longestSummary),
  };
}

/** Whether keys are issues that the account may log work on, each asked for once (R-1834). */
export async function checkKeys(site: JiraSite, keys: Iterable<string>): Promise<ReadonlyMap<string, CheckedIssue>> {
  const checked = await inParallel([...new Set(keys)], atOnce, (key) => check(site, key));
  return new Map(checked.map((one) => [one.asked, one]));
}
