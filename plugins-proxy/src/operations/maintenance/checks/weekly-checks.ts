import { renewalTask, rotationTask } from '@crmjira/domain';
import { watchExpiries } from '../../metrics/watch-expiries';
import { readRetentionPolicy } from '../../retention/read-retention-policy';
import { runRetention } from '../../retention/run-retention';
import { type Finding, finding, fine, type MaintenanceTask } from '../finding';
import type { MaintenanceContext } from '../maintenance-context';

type Kind = 'token' | 'certificate';
/** R-1106: the days of the alerts. */
const alertDays = { token: 'TokenAlertDays', certificate: 'CertificateAlertDays' } as const;

/** What ends when, as far as anybody can tell. */
export async function readExpiries(
  context: MaintenanceContext,
): Promise<readonly { kind: Kind; of: string; days: number }[]> {
  const found: { kind: Kind; of: string; days: number }[] = [];
  await watchExpiries({ ...context, set: (kind, of, days) => found.push({ kind, of, days: Math.floor(days) }) });
  return found;
}

async function expiring(context: MaintenanceContext, kind: Kind): Promise<Finding> {
  const known = (await readExpiries(context)).filter((one) => one.kind === kind);
  const { thresholds } = await context.environmentSettings.settings();
  const due = known.filter(({ days }) => days <= thresholds[alertDays[kind]]);
  const month = context.now().toISOString().slice(0, 7);
  const tasks = due.map(({ of, days }): MaintenanceTask => ({
    trigger: `renewal ${kind} ${of} ${month}`,
    ...renewalTask(kind, of, days),
  }));
  const told = known.map(({ of, days }) => `${of} ${days} days`).join(', ');
  const figures = Object.fromEntries(known.map(({ of, days }) => [of, days]));
  const words = known.length === 0 ? `No ${kind} is known here.` : `Left: ${told}.`;
  return (due.length > 0 ? finding : fine)(words, { looked: known.length, figures, tasks });
}

/** R-1503: certificates of all addresses, 30 days ahead. */
export const certificates = (context: MaintenanceContext): Promise<Finding> => expiring(context, 'certificate');

/** What is past `crmjira_TokenRotationDays`, with a task each (R-1218); null when nothing is. */
function rotationsDue({
  ages,
  now,
}: MaintenanceContext): (Pick<Finding, 'says'> & Required<Pick<Finding, 'tasks'>>) | null {
  const due = (ages?.() ?? []).filter(({ state, ageDays }) => state !== 'fresh' && ageDays !== null);
  if (due.length === 0) return null;
  const month = now().toISOString().slice(0, 7);
  const told = due.map(({ name, ageDays }) => `${name} (${Math.floor(ageDays ?? 0)} days old)`);
  return {
    says: `To be rotated: ${told.join(', ')}.`,
    tasks: due.map(({ name, ageDays }) => ({
      trigger: `rotation ${name} ${month}`,
      ...rotationTask(name, Math.floor(ageDays ?? 0)),
    })),
  };
}

/** R-1503: tokens and secrets, ahead of their end and past their rotation; one whose end nobody named is a finding as well. */
export async function tokenRotation(context: MaintenanceContext): Promise<Finding> {
  const left = await expiring(context, 'token');
  const due = rotationsDue(context);
  const found: Finding =
    due === null
      ? left
      : { ...left, outcome: 'finding', says: `${left.says} ${due.says}`, tasks: [...(left.tasks ?? []), ...due.tasks] };
  const { jiraToken, dataverseSecret } = context.config.expiries;
  const unnamed = [
    ...(jiraToken === null ? ['JIRA_TOKEN_EXPIRES_ON'] : []),
    ...(dataverseSecret === null ? ['DATAVERSE_SECRET_EXPIRES_ON'] : []),
  ];
  if (unnamed.length === 0) return found;
  return { ...found, outcome: 'finding', says: `${found.says} Not known, as not set: ${unnamed.join(', ')}.` };
}

/** R-1503, R-1509: the same run as every hour, with its result in the log. */
export async function logArchive(context: MaintenanceContext): Promise<Finding> {
  const policy = await readRetentionPolicy(context.dataverse);
  const results = await runRetention({ ...context, store: null, policy });
  const sum = (of: 'archived' | 'deleted' | 'purged'): number =>
    results.reduce((total, result) => total + result[of], 0);
  const errors = results.flatMap(({ what, error }) => (error === null ? [] : [`${what}: ${error}`]));
  const left = results.find(({ what }) => what === 'crmjira_integration_log')?.due ?? 0;
  const words = `${sum('archived')} archived, ${sum('deleted')} removed, ${sum('purged')} purged; ${left} log rows past their time are still in Dataverse.`;
  const figures = { archived: sum('archived'), deleted: sum('deleted'), purged: sum('purged'), left };
  return (errors.length > 0 || left > 0 ? finding : fine)([words, ...errors].join(' '), {
    looked: results.length,
    figures,
  });
}
