import {
  cutText,
  derivedId,
  IntegrationStatus,
  type JiraFacts,
  logRow,
  type MappingFacts,
  OperationType,
  SourceSystem,
  type Unusable,
} from '@crmjira/domain';
import { applyChangeSet } from '../../../reconciler/actions/apply-change-set';
import type { LogContext } from '../../../reconciler/log-context';
import type { DataverseClient } from '../../../clients/dataverse/dataverse-client';

/** Worklogs, issues or days that a row names for each reason; it says how many there are. */
const mostNamed = 10;

const lastKnown =
  'cannot be used (not an amount, negative, too large, or an unknown currency); the last known one stays';
const sentences: Readonly<Record<Unusable['why'], readonly [sentence: string, what: string]>> = {
  rate: [
    'Their own rate cannot be used (not a rate, an unknown currency, or more than ten times above or below the standard rate); the standard rate counts',
    'worklogs',
  ],
  'rate-not-allowed': [
    'Their own rate is not used, as crmjira_OwnRateAccounts does not name their author; the standard rate counts',
    'worklogs',
  ],
  time: ['Their time or start cannot be used; they do not count', 'worklogs'],
  estimate: ['Their estimates cannot be used; they do not count in the forecast', 'issues'],
  cost: ['The cost that Tempo tells cannot be used; the standard rate counts', 'work of'],
  entry: ['Their day, time or amount cannot be used; they do not count', 'Tempo entries of'],
  amount: [`The amount ${lastKnown}`, 'budget'],
  spent: [`The amount spent ${lastKnown}`, 'budget'],
  hours: ['The hours cannot be used; the last known ones stay', 'budget'],
};

/** Where the figures of the mapping stand still: whoever looks at failures is to find it. */
const standing: ReadonlySet<Unusable['why']> = new Set(['amount', 'spent', 'hours']);

/** Longest id or day that a row repeats: it comes from Jira or a budget module as it is. */
const longestName = 40;

function messageOf(unusable: readonly Unusable[]): string {
  const reasons = [...new Set(unusable.map(({ why }) => why))].sort();
  return reasons
    .map((why) => {
      const named = [...new Set(unusable.filter((one) => one.why === why).map((one) => cutText(one.of, longestName)))];
      const more = named.length > mostNamed ? ` and ${named.length - mostNamed} more` : '';
      const [sentence, what] = sentences[why];
      return `${sentence}: ${what} ${named.slice(0, mostNamed).join(', ')}${more}.`;
    })
    .join(' ');
}

/** Days of mappings that have their row in an environment, so that it is not tried at each run. */
const notedIn = new WeakMap<DataverseClient, Set<string>>();
const mostNoted = 10_000;

/** One log row a mapping and UTC day says what is not taken at its word (F-304): the figures would not show it. */
export async function noteUnusableWork(
  client: DataverseClient,
  opportunityId: string,
  mapping: MappingFacts | null,
  jira: JiraFacts,
  now: string,
  log: LogContext,
): Promise<void> {
  const unusable = jira.state === 'found' ? (jira.budget?.unusable ?? []) : [];
  if (mapping === null || unusable.length === 0) return;
  const id = derivedId(mapping.id, 'log', 'unusable-work', now.slice(0, 10));
  const noted = notedIn.get(client) ?? new Set();
  if (noted.has(id)) return;
  const columns = logRow({
    operation: OperationType.Update,
    source: SourceSystem.Jira,
    sourceId: mapping.projectKey,
    targetId: opportunityId,
    status: unusable.some(({ why }) => standing.has(why)) ? IntegrationStatus.Failed : IntegrationStatus.Success,
    mapping: mapping.id,
    eventType: 'worklog_not_as_told',
    message: messageOf(unusable),
  });
  await applyChangeSet(client, [{ op: 'create', table: 'crmjira_integration_log', id, columns }], log);
  if (noted.size >= mostNoted) noted.clear();
  notedIn.set(client, noted.add(id));
}
