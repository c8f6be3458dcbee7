import { compareMoney, type Decider, type Money, moneyFromDecimal, tables } from '@crmjira/domain';
import { z } from 'zod';
import { equalsId, quoted } from '../../../clients/dataverse/filter';
import type { DataverseReader } from '../../../clients/dataverse/reader';
import type { EnvironmentSettings } from '../../../connections/environment/environment-settings';
import { guid, optionalText, text } from '../../../clients/dataverse/columns';
import type { Standing } from '../../../connections/environment/read-people';
import type { Settings } from '../../../connections/environment/to-settings';

/** Role whose holders decide about budgets (R-306, D-9). */
const approverRole = 'CRM-JIRA Budget Approver';

/** What somebody may decide about. */
export interface Approver {
  /** holds the role, or is in the configured team */
  readonly mayApprove: boolean;
  /** greatest amount in base currency; null: no limit stands against them */
  readonly limit: Money | null;
}

/** The greatest amount that one of the decider's roles may approve; null when no role of theirs is limited. */
function limitOf(roles: ReadonlySet<string>, limits: Readonly<Record<string, number>>, base: string): Money | null {
  const own = Object.entries(limits).flatMap(([role, amount]) => (roles.has(role) ? [amount] : []));
  return own.length === 0 ? null : moneyFromDecimal(Math.max(...own), base);
}

/** @param base ISO code of the currency that limits are in */
export function approverOf(
  { roles, teams }: Standing,
  { approvalLimits, approverTeam }: Pick<Settings, 'approvalLimits' | 'approverTeam'>,
  base: string,
): Approver {
  const held = new Set(roles.map(({ name }) => name));
  const isApproverTeam = ({ id, name }: Standing['teams'][number]): boolean =>
    approverTeam !== null && (id === approverTeam.toLowerCase() || name === approverTeam);
  return {
    mayApprove: held.has(approverRole) || teams.some(isApproverTeam),
    limit: limitOf(held, approvalLimits, base),
  };
}

const userRow = z.object({ systemuserid: guid, fullname: text, internalemailaddress: optionalText });

/** People that are looked at, by name. */
const looksAt = 25;

/**
 * Those who can decide on an amount: role or team, enabled, limit high enough, not who asked.
 * @param amount in base currency
 */
export async function readDeciders(
  client: DataverseReader,
  environmentSettings: EnvironmentSettings,
  amount: Money,
  requesterId: string,
): Promise<readonly (Decider & { readonly email: string | null })[]> {
  const settings = await environmentSettings.settings();
  const { approverTeam } = settings;
  const hasRole = `any(r:r/name eq ${quoted(approverRole)})`;
  const team =
    approverTeam === null
      ? []
      : [
          z.guid().safeParse(approverTeam).success
            ? `teammembership_association/any(t:${equalsId('t/teamid', approverTeam)})`
            : `teammembership_association/any(t:t/name eq ${quoted(approverTeam)})`,
        ];
  const holds = [
    `systemuserroles_association/${hasRole}`,
    `teammembership_association/any(t:t/teamroles_association/${hasRole})`,
    ...team,
  ];
  const rows = await client.many(
    tables.systemuser.entitySet,
    {
      select: Object.keys(userRow.shape),
      filter: `isdisabled eq false and not (${equalsId('systemuserid', requesterId)}) and (${holds.join(' or ')})`,
      orderBy: ['fullname asc'],
      top: looksAt,
    },
    userRow,
  );
  const found = await Promise.all(
    rows.map(async ({ systemuserid, fullname, internalemailaddress }) => {
      const { mayApprove, limit } = approverOf(
        await environmentSettings.standingOf(systemuserid),
        settings,
        amount.currency,
      );
      return mayApprove && (limit === null || compareMoney(amount, limit) <= 0)
        ? [{ id: systemuserid, name: fullname, email: internalemailaddress }]
        : [];
    }),
  );
  return found.flat();
}
