import { toDecimalText, type Money } from '../../money/money';
import { AlertLevel, ErrorClass } from '../../schema/generated/options';
import type { Notification } from './notification';

/** `OverBudget` → `over-budget`. */
const nameIn = (options: Readonly<Record<string, number>>, value: number): string =>
  (Object.keys(options).find((name) => options[name] === value) ?? String(value))
    .replace(/(?<!^)([A-Z])/g, '-$1')
    .toLowerCase();

/** Exact: a float would not be. */
const amountOf = (amount: Money): object => ({ amount: toDecimalText(amount), currency: amount.currency });

/** What a webhook of one's own is sent: facts as fields, in the form that Standard Webhooks recommends. Pure. */
export function customPayload({ event, at, data, record }: Notification): object {
  const { level, cause, spent, budget, ...others } = data;
  return {
    type: event,
    timestamp: at,
    data: {
      ...others,
      ...(level === undefined ? {} : { level: nameIn(AlertLevel, level) }),
      ...(cause === undefined ? {} : { cause: nameIn(ErrorClass, cause) }),
      ...(spent === undefined ? {} : { spent: amountOf(spent) }),
      ...(budget === undefined ? {} : { budget: amountOf(budget) }),
      ...(record === null ? {} : { record }),
    },
  };
}
