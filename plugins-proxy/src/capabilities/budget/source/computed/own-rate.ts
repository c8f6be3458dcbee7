import { compareMoney, type Money } from '@crmjira/domain';
import { billingProperty, billingValue, type WorklogAnswer } from '../../../../clients/jira/wire/answers';
import type { Conversion } from '../convert-money';
import { toldAmount } from '../told-value';

/** How many times the standard rate a worklog's own may be, and the part of it that it must be (F-304). */
const farthest = 10;

/** Accounts of Jira whose worklogs may carry a rate of their own; `*` = everybody's. */
export type OwnRateAccounts = ReadonlySet<string>;

/** Account of who did the work: id on Cloud, key or name on Data Center. */
export const accountOf = ({ author }: WorklogAnswer): string | null =>
  author?.accountId ?? author?.key ?? author?.name ?? null;

/**
 * A worklog's own rate. Whoever may log work may write it, so that it counts from named accounts only, and near the standard rate.
 * @param standard hourly rate of worklogs without one, in the currency of the figures
 * @returns the rate; why there is none; null where the worklog says nothing of one
 */
export function ownRate(
  worklog: WorklogAnswer,
  standard: Money,
  accounts: OwnRateAccounts,
  convert: Conversion,
): Money | 'rate' | 'rate-not-allowed' | null {
  const property = worklog.properties?.find((entry) => entry.key === billingProperty);
  if (property === undefined) return null;
  const account = accountOf(worklog);
  if (!accounts.has('*') && (account === null || !accounts.has(account))) return 'rate-not-allowed';
  const billing = billingValue.safeParse(property.value);
  if (!billing.success) return 'rate';
  const rate = toldAmount(billing.data.rate, billing.data.currency, standard.currency, convert);
  if (rate === null) return 'rate';
  const within =
    compareMoney(rate, { ...standard, minor: standard.minor * farthest }) <= 0 &&
    compareMoney({ ...rate, minor: rate.minor * farthest }, standard) >= 0;
  return within ? rate : 'rate';
}
