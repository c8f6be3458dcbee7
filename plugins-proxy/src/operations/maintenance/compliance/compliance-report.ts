import { checklist, IntegrationStatus, SourceSystem } from '@crmjira/domain';
import { z } from 'zod';
import { readEnvironmentVariables } from '../../../connections/environment/read-environment-variables';
import { classifyError } from '../../../platform/errors/classify-error';
import { administratorClient } from '../../registration/administrator-client';
import { type AccessCounts, readAccess } from '../access-log';
import { readLogRows } from '../checks/log-rows';
import { agesOf } from '../../../platform/secrets/secret-ages';
import { readExpiries } from '../checks/weekly-checks';
import type { MaintenanceContext } from '../maintenance-context';
import { readRoles, type RoleReport } from './read-roles';
import { type Known, known, unknown } from './unknown';

/** Transfers of one direction in the month. */
interface Transfers {
  readonly all: number;
  readonly success: number;
  readonly failed: number;
  readonly pendingOrRetry: number;
}

/** Contents of the monthly report (R-1231). */
export interface ComplianceReport {
  readonly month: string;
  readonly generatedOn: string;
  /** True when the month was not over yet. */
  readonly partial: boolean;
  readonly roles: Known<readonly RoleReport[]>;
  readonly access: Known<AccessCounts>;
  readonly userSignIns: Known<never>;
  readonly transfers: Known<{ readonly toJira: Transfers; readonly toDynamics: Transfers }>;
  readonly residency: {
    readonly allowedRegions: string | null;
    readonly dataverseGeography: Known<{ readonly geography: string; readonly inCanada: boolean }>;
    readonly hosting: Known<never>;
  };
  readonly credentials: {
    readonly daysLeft: Known<readonly { readonly kind: string; readonly of: string; readonly days: number }[]>;
    /** Whole days since each secret was last changed; null where nobody can know. */
    readonly ages: Known<readonly { readonly name: string; readonly days: number | null }[]>;
  };
  readonly retention: {
    readonly archived: readonly { readonly table: string; readonly rows: number }[];
    readonly runs: number;
    readonly purges: readonly unknown[];
  };
  readonly openFindings: Known<readonly { readonly item: string; readonly on: string; readonly says: string }[]>;
}

/** Beginning and end of a month, UTC. Pure. */
export function boundsOf(month: string): { readonly from: Date; readonly to: Date } {
  const from = new Date(`${month}-01T00:00:00Z`);
  return { from, to: new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + 1, 1)) };
}

/** What can't be read is said to be unknown with its reason, and keeps the rest of the report. */
async function attempt<T>(read: () => Promise<Known<T>>): Promise<Known<T>> {
  return read().catch((error: unknown) => unknown(classifyError(error).message));
}

interface Transfer {
  readonly source: number;
  readonly status: number;
}

function sumUp(rows: readonly Transfer[], source: number): Transfers {
  const of = rows.filter((row) => row.source === source);
  const count = (status: number): number => of.filter((row) => row.status === status).length;
  const [success, failed] = [count(IntegrationStatus.Success), count(IntegrationStatus.Failed)];
  return { all: of.length, success, failed, pendingOrRetry: of.length - success - failed };
}

const archivedLog = z.object({
  crmjira_source_system: z.number(),
  crmjira_integration_status: z.number(),
  crmjira_event_type: z.string().optional(),
});
const mostArchived = 1_000_000;

/** Rows of the month that are in Dataverse, and those that only the archive has any more. */
async function readTransfers(context: MaintenanceContext, from: Date, to: Date): Promise<readonly Transfer[]> {
  const hot = (await readLogRows(context.dataverse, from, to)).map((row) => ({
    source: row.crmjira_source_system,
    status: row.crmjira_integration_status,
  }));
  const table = 'crmjira_integration_log';
  const archived = await context.archive.search({ table, from: from.getTime(), to: to.getTime(), limit: mostArchived });
  const gone = archived.filter(({ removedOn, restoredOn }) => removedOn !== null && (restoredOn ?? -1) < removedOn);
  return [
    ...hot,
    ...gone.flatMap(({ columns }) => {
      const row = archivedLog.parse(columns);
      const ours = row.crmjira_event_type?.startsWith('maintenance.') === true;
      return ours ? [] : [{ source: row.crmjira_source_system, status: row.crmjira_integration_status }];
    }),
  ];
}

const maintained = z.object({ item: z.string(), outcome: z.string(), says: z.string() });

/** The last result of each item up to the month's end, where something was found. */
async function readOpenFindings({ archive }: MaintenanceContext, to: Date) {
  const twoMonthsMs = 62 * 86_400_000;
  const records = await archive.records('maintenance', to.getTime() - twoMonthsMs, to.getTime());
  if (records.length === 0) return unknown('the maintenance plan has not run in these two months');
  const latest = new Map(
    records.map(({ at, content }) => [maintained.parse(content).item, { at, ...maintained.parse(content) }]),
  );
  const open = [...latest.values()].filter(({ outcome }) => outcome !== 'fine');
  const never = checklist.filter(({ id }) => !latest.has(id));
  return known([
    ...open.map(({ item, at, says }) => ({ item, on: new Date(at).toISOString(), says })),
    ...never.map(({ id }) => ({ item: id, on: to.toISOString(), says: 'Has not run in these two months.' })),
  ]);
}

/** A secret in a variable has no age; where all are, that is said once. */
function secretAges({
  ages: agesOfService,
  secretFacts,
  config,
  now,
}: MaintenanceContext): ComplianceReport['credentials']['ages'] {
  // As health has them (F-205); before the service has looked, as far as files and vault tell.
  const ages = agesOfService?.() ?? agesOf(secretFacts(), config.expiries, now());
  if (ages.every(({ ageDays }) => ageDays === null))
    return unknown('every secret is given in a variable, which has no age; give them as files or from a vault');
  return known(ages.map(({ name, ageDays }) => ({ name, days: ageDays === null ? null : Math.floor(ageDays) })));
}

/** Makes the report of a month out of what can be read now; nothing is guessed (R-1222, R-1231). */
export async function complianceReport(context: MaintenanceContext, month: string): Promise<ComplianceReport> {
  const { archive, config, dataverse, now } = context;
  const { from, to } = boundsOf(month);
  const administrator = administratorClient(config, dataverse);
  const variables = await readEnvironmentVariables(dataverse);
  const purges = await archive.records('purge', from.getTime(), to.getTime());
  return {
    month,
    generatedOn: now().toISOString(),
    partial: now().getTime() < to.getTime(),
    roles: await attempt(async () => known(await readRoles(administrator))),
    access: await attempt(async () => {
      const counted = await readAccess(archive, from.getTime(), to.getTime());
      return counted === null ? unknown('the service recorded no hour of this month') : known(counted);
    }),
    userSignIns: unknown('sign-ins of users, also failed ones, stand in the sign-in log of Entra ID'),
    transfers: await attempt(async () => {
      const rows = await readTransfers(context, from, to);
      return known({ toJira: sumUp(rows, SourceSystem.Dynamics365), toDynamics: sumUp(rows, SourceSystem.Jira) });
    }),
    residency: {
      allowedRegions: variables.get('crmjira_AllowedRegions')?.value ?? null,
      dataverseGeography: await attempt(async () => {
        const { geography } = await dataverse.currentOrganization();
        return geography === null
          ? unknown('Dataverse does not say')
          : known({ geography, inCanada: geography === 'CAN' });
      }),
      hosting: unknown('the service cannot see the region it is hosted in; see the deployment'),
    },
    credentials: {
      daysLeft: await attempt(async () => {
        const left = await readExpiries(context);
        return left.length === 0 ? unknown('no certificate is seen and no end of a token is configured') : known(left);
      }),
      ages: secretAges(context),
    },
    retention: {
      archived: await archive.counts(),
      runs: (await archive.records('retention', from.getTime(), to.getTime())).length,
      purges: purges.map(({ at, content }) => ({ on: new Date(at).toISOString(), content })),
    },
    openFindings: await attempt(() => readOpenFindings(context, to)),
  };
}
