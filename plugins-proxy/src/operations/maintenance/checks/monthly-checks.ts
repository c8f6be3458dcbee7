import {
  averagesText,
  growthLimitPercent,
  growthPercent,
  growthText,
  scalingTask,
  tables,
  tuningTask,
} from '@crmjira/domain';
import { z } from 'zod';
import { backupDocument } from '../backup/backup';
import { planRestore } from '../backup/plan-restore';
import { complianceReport } from '../compliance/compliance-report';
import { readBackup } from '../backup/read-backup';
import { administratorClient } from '../../registration/administrator-client';
import { type Finding, finding, fine } from '../finding';
import type { MaintenanceContext } from '../maintenance-context';
import { readFigures } from '../performance';
import { readLogRows } from './log-rows';

const dayMs = 86_400_000;
const monthMs = 30 * dayMs;
/** A side whose calls take longer than this on average, in seconds, is the month's bottleneck. */
const slowSeconds = 1;

const growthFigures = z.object({ figures: z.object({ runs: z.number(), mappings: z.number() }) });
const maintenanceRecord = z.object({ item: z.string(), period: z.string() });

/** R-1504: use of the last 30 days against the run of the month before. */
export async function growth({ dataverse, archive, now }: MaintenanceContext, period: string): Promise<Finding> {
  const runs = (await readLogRows(dataverse, new Date(now().getTime() - monthMs), now())).length;
  const { entitySet, primaryId } = tables.crmjira_budget_mapping;
  const mappings = (await dataverse.many(entitySet, { select: [primaryId] }, z.unknown())).length;
  const before = (await archive.records('maintenance', now().getTime() - 2.5 * monthMs, now().getTime() + 1))
    .filter(({ content }) => {
      const { item, period: of } = maintenanceRecord.parse(content);
      return item === 'growth' && of < period;
    })
    .map(({ content }) => growthFigures.safeParse(content).data?.figures)
    .at(-1);
  const [byRuns, byMappings] = [
    growthPercent(runs, before?.runs ?? null),
    growthPercent(mappings, before?.mappings ?? null),
  ];
  const grew = { runs, byRuns, mappings, byMappings };
  const grown = Math.max(byRuns ?? 0, byMappings ?? 0) > growthLimitPercent;
  return (grown ? finding : fine)(growthText(grew), {
    looked: runs,
    figures: { runs, mappings },
    tasks: grown ? [{ trigger: `scaling ${period}`, ...scalingTask(grew) }] : [],
  });
}

/** R-1504: the slowest side of the last 30 days. */
export async function tuning({ archive, now }: MaintenanceContext, period: string): Promise<Finding> {
  const { sides } = await readFigures(archive, now().getTime() - monthMs, now().getTime() + 1);
  const averages = Object.entries(sides)
    .map(([side, { calls, seconds }]) => ({ side, calls, average: calls === 0 ? 0 : seconds / calls }))
    .sort((a, b) => b.average - a.average);
  const [slowest] = averages;
  if (slowest === undefined) return fine('Nothing was measured in 30 days.', { figures: {} });
  const slow = slowest.average > slowSeconds;
  return (slow ? finding : fine)(averagesText(averages), {
    looked: averages.length,
    figures: Object.fromEntries(averages.map(({ side, average }) => [side, Math.round(average * 1_000)])),
    tasks: slow ? [{ trigger: `tuning ${period}`, ...tuningTask(averages) }] : [],
  });
}

/** R-1504, R-1507: a backup is taken, read back from its text, and a restore of it would change nothing. */
export async function backupRestore(
  { config, dataverse, archive, now }: MaintenanceContext,
  period: string,
): Promise<Finding> {
  const client = administratorClient(config, dataverse);
  const text = JSON.stringify(await readBackup(client, now()));
  const backup = backupDocument.parse(JSON.parse(text));
  const { rows, variables } = planRestore(backup, await readBackup(client, now()));
  await archive.record({ kind: 'backup', id: `monthly ${period}`, at: now().getTime(), content: backup });
  const kept = Object.values(backup.tables).reduce((sum, one) => sum + one.length, 0);
  const apart = rows.length + variables.length;
  const words = `${kept} rows and ${Object.keys(backup.environmentVariables).length} variables saved in the archive and read back; ${apart} differ.`;
  return (apart > 0 ? finding : fine)(words, { looked: kept, figures: { apart } });
}

/** R-1505: what a person does counts when somebody signed for it in its month. */
export async function signedOff({ archive, now }: MaintenanceContext, item: string, period: string): Promise<Finding> {
  const signed = (await archive.records('sign-off', now().getTime() - 2 * monthMs, now().getTime() + 1)).find(
    ({ id }) => id === `${item} ${period}`,
  );
  if (signed === undefined) return finding(`Nobody has signed for ${period} yet.`);
  const { by, note } = z.object({ by: z.string(), note: z.string() }).parse(signed.content);
  return fine(`Signed by ${by} on ${new Date(signed.at).toISOString().slice(0, 10)}: ${note}`, { looked: 1 });
}

/** R-1222, R-1231: the report of the month before, kept in the archive. */
export async function monthlyComplianceReport(context: MaintenanceContext, period: string): Promise<Finding> {
  const month = new Date(Date.parse(`${period}-01T00:00:00Z`) - dayMs).toISOString().slice(0, 7);
  const report = await complianceReport(context, month);
  const at = context.now().getTime();
  await context.archive.record({ kind: 'compliance-report', id: month, at, content: report });
  const open = report.openFindings.known ? report.openFindings.value.length : 0;
  const abroad = report.residency.dataverseGeography.known && !report.residency.dataverseGeography.value.inCanada;
  const words = `Report of ${month} kept in the archive; ${open} open findings${abroad ? '; Dataverse does not lie in Canada' : ''}.`;
  return (open > 0 || abroad ? finding : fine)(words, { looked: 1, figures: { month, open } });
}
