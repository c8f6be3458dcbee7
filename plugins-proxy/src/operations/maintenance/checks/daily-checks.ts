import { randomUUID } from 'node:crypto';
import { errorSignature, errorsToEscalate, escalationDays, escalationTask, IntegrationStatus } from '@crmjira/domain';
import { equalsOneOf } from '../../../clients/dataverse/filter';
import { readMappedOpportunities } from '../../../capabilities/budget/read/read-mapping';
import { classifyError } from '../../../platform/errors/classify-error';
import { hintOf } from '../../../platform/errors/hints';
import { readMyself } from '../../../clients/jira/jira-site';
import { inParallel } from '../../../platform/http-client/in-parallel';
import { compareOpportunity } from '../../../capabilities/budget/reconcile/compare-opportunity';
import { type Finding, finding, fine } from '../finding';
import type { MaintenanceContext } from '../maintenance-context';
import { readBaselineVerdict } from '../performance';
import { credentialEvents } from '../../../connections/credentials/credential-records';
import { readLogRows } from './log-rows';

const dayMs = 86_400_000;
/** Mappings compared at one time: nobody waits for this, and people's own runs go first. */
const comparedAtOneTime = 4;
/** Classes of error told of in one row: the most frequent ones. */
const mostTold = 5;

/** Log rows of what an operator did by hand: no run of the integration (F-206). */
const byHand: ReadonlySet<string | null> = new Set(Object.values(credentialEvents));

const onDead = 'Read "crmjira dead-letters list", put right what it names, then "crmjira dead-letters retry --all".';
const onFailed = 'Read the newest rows of the integration log with status Failed; each says what to do.';

/** R-1501: runs of the last 24 hours that failed for good, and jobs that were given up. */
export async function flowHealth({ dataverse, deadLetters, now }: MaintenanceContext): Promise<Finding> {
  const rows = (await readLogRows(dataverse, new Date(now().getTime() - dayMs), now())).filter(
    (row) => !byHand.has(row.crmjira_event_type),
  );
  const failed = rows.filter((row) => row.crmjira_integration_status === IntegrationStatus.Failed).length;
  const dead = await deadLetters();
  const words = `${rows.length} runs in 24 hours, ${failed} failed; ${dead} jobs were given up.`;
  const more = { looked: rows.length, figures: { failed, dead } };
  // Dead letters are only spoken of where there are some.
  return failed + dead > 0 ? finding(words, { ...more, action: dead > 0 ? onDead : onFailed }) : fine(words, more);
}

/** R-1501: whether Jira answers, through the gateway where there is one. */
export async function gatewayStatus({ jira, config, now }: MaintenanceContext): Promise<Finding> {
  const way = config.jira.gateway === null ? 'directly' : 'through the forward gateway';
  const started = now().getTime();
  try {
    await readMyself(jira.first.site);
    return fine(`Jira answers ${way}.`, { looked: 1, figures: { latencyMs: now().getTime() - started } });
  } catch (thrown) {
    const error = classifyError(thrown);
    const action = hintOf(error);
    return finding(`Jira does not answer ${way}: ${error.message}`, {
      looked: 1,
      ...(action === null ? {} : { action }),
    });
  }
}

/** R-1501, R-1506: every mapping of the connections, both sides read afresh; one that can't be read does not stop the others. */
export async function budgetAccuracy({ reconciler, jira, dataverse, logger }: MaintenanceContext): Promise<Finding> {
  const mine = equalsOneOf('_crmjira_integration_id_value', jira.ids());
  const ids = [...new Set(await readMappedOpportunities(dataverse, mine))];
  const correlationId = randomUUID();
  const results = await inParallel(ids, comparedAtOneTime, async (opportunityId) => {
    try {
      const { projectKey, lines } = await compareOpportunity(reconciler, { id: opportunityId, correlationId, logger });
      const fields = lines.flatMap(({ differs, field }) => (differs ? [field] : []));
      return { opportunityId, projectKey, fields, failed: false };
    } catch (error) {
      logger.warn({ opportunityId, reason: classifyError(error).message }, 'not compared');
      return { opportunityId, projectKey: null, fields: [], failed: true };
    }
  });
  const apart = results.filter(({ fields }) => fields.length > 0);
  const failed = results.filter((result) => result.failed).length;
  const words = `${ids.length} mappings compared: ${apart.length} differ, ${failed} could not be read.`;
  const figures = { differing: apart.map(({ projectKey, fields }) => ({ projectKey, fields })), failed };
  return (apart.length + failed > 0 ? finding : fine)(words, { looked: ids.length, figures });
}

/** R-1502, R-1508: which errors there were, and those of three days running. */
export async function errorLog({ dataverse, now }: MaintenanceContext): Promise<Finding> {
  const since = new Date(now().getTime() - escalationDays * dayMs);
  const rows = await readLogRows(dataverse, since, now(), IntegrationStatus.Failed);
  const last24 = now().getTime() - dayMs;
  const seen = new Map<string, Set<string>>();
  const recent = new Map<string, number>();
  for (const row of rows) {
    const signature = errorSignature(row.crmjira_error_message ?? 'no message');
    seen.set(signature, (seen.get(signature) ?? new Set()).add(row.createdon.slice(0, 10)));
    if (Date.parse(row.createdon) >= last24) recent.set(signature, (recent.get(signature) ?? 0) + 1);
  }
  const today = now().toISOString().slice(0, 10);
  const yesterday = new Date(last24).toISOString().slice(0, 10);
  // A job that runs in the morning has seen little of today: yesterday may be the third day as well.
  const escalated = [...new Set([...errorsToEscalate(seen, today), ...errorsToEscalate(seen, yesterday)])];
  const classes = [...recent].sort(([, a], [, b]) => b - a).slice(0, mostTold);
  const count = [...recent.values()].reduce((sum, n) => sum + n, 0);
  const told = classes.map(([signature, n]) => `${n} × ${signature}`).join(' | ');
  const words = count === 0 ? 'No errors in 24 hours.' : `${count} errors in 24 hours: ${told}`;
  return (count > 0 || escalated.length > 0 ? finding : fine)(words, {
    looked: rows.length,
    figures: { classes: Object.fromEntries(classes), escalated },
    tasks: escalated.map((signature) => ({
      trigger: `escalation ${signature} ${today.slice(0, 7)}`,
      ...escalationTask(escalationDays, signature),
    })),
  });
}

/** R-1502, R-1111: the last 24 hours against the seven days before. */
export async function performance({ archive, now, environmentSettings }: MaintenanceContext): Promise<Finding> {
  const { thresholds } = await environmentSettings.settings();
  const verdict = await readBaselineVerdict(archive, now(), thresholds.DegradationPercent);
  const { days, slowerPercent, lessPercent } = verdict;
  if (verdict.verdict === 'unknown')
    return fine(`No verdict: ${days} days of history, three are needed.`, { figures: { ...verdict } });
  const p95 = slowerPercent === null ? 'not measured' : `${slowerPercent} % above the mean`;
  const runs = lessPercent === null ? 'not measured' : `${lessPercent} % below the mean`;
  const words = `Against ${days} days before: P95 of calls to Jira ${p95}, runs ${runs}.`;
  return (verdict.verdict === 'worse' ? finding : fine)(words, { looked: days, figures: { ...verdict } });
}
