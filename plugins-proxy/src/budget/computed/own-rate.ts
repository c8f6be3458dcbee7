import { compareMoney, type Money, moneyFromDecimal } from '@crmjira/domain';
import { billingProperty, billingValue, type WorklogAnswer } from '../../jira/wire/answers';
import type { Conversion } from '../convert-money';

/** How many times the standard rate a worklog's own may be, and the part of it that it must be (F-304). */
const farthest = 10;
/** Largest rate that is looked at, in major units: beyond it not even its conversion is exact. */
const largestRate = 1e9;

/** Accounts of Jira whose worklogs may carry a rate of their own; `*` = everybody's. */
export type OwnRateAccounts = ReadonlySet<string>;

/** Why something that a worklog says is not used. */
export type Unusable = 'rate' | 'rate-not-allowed' | 'time';

/** Account of who did the work: id on Cloud, key or name on Data Center. */
export const accountOf = ({ author }: WorklogAnswer): string | null =>
  author?.accountId ?? author?.key ?? author?.name ?? null;

function converted(rate: number, from: string, currency: string, convert: Conversion): Money | null {
  if (!(rate > 0 && rate <= largestRate)) return null;
  try {
    return convert(moneyFromDecimal(rate, from.toUpperCase()), currency);
  } catch {
    // A currency that Dynamics does not know, or more digits than an amount has: the caller says that the rate is not used.
    return null;
  }
}

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
): Money | Unusable | null {
  const property = worklog.properties?.find((entry) => entry.key === billingProperty);
  if (property === undefined) return null;
  const account = accountOf(worklog);
  if (!accounts.has('*') && (account === null || !accounts.has(account))) return 'rate-not-allowed';
  const billing = billingValue.safeParse(property.value);
  if (!billing.success) return 'rate';
  const rate = converted(billing.data.rate, billing.data.currency, standard.currency, convert);
  if (rate === null) return 'rate';
  const within =
    compareMoney(rate, { ...standard, minor: standard.minor * farthest }) <= 0 &&
    compareMoney({ ...rate, minor: rate.minor * farthest }, standard) >= 0;
  return within ? rate : 'rate';
}
