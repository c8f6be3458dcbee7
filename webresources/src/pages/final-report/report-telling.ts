import { burnTexts } from '@crmjira/control-budget-burn';
import type { Language, Money } from '@crmjira/domain';
import {
  type Currency,
  DEFAULT_CURRENCY,
  type UserFormat,
  formatDateTime,
  formatDay,
  formatMoneyCompact,
  formatMoneyWithCode,
  userDay,
} from '@crmjira/form-data';
import { finalReportTexts } from '../../strings/generated/final-report';
import { pageHost } from '../platform/page-host';
import { type Say, sayIn } from '../platform/page-words';
import type { PageFacts } from '../platform/start-page';

/** The report's words and formats for one reader; what is not there is said in a word. */
export interface ReportTelling {
  readonly language: Language;
  readonly say: Say<typeof finalReportTexts>;
  readonly dates: UserFormat['dates'];
  readonly money: (amount: Money | null) => string;
  readonly compact: (amount: Money) => string;
  readonly number: (value: number | null, digits: number) => string;
  readonly percent: (value: number | null) => string;
  /** Dec 12, 2026, of a day or an instant */
  readonly day: (instant: string | null) => string;
  /** Dec 12, 2026 14:02 */
  readonly moment: (instant: string | null) => string;
  /** December 2026, of `yyyy-MM` */
  readonly month: (month: string | null) => string;
}

export function reportTelling(facts: PageFacts, currency: Currency = DEFAULT_CURRENCY): ReportTelling {
  const { language, dark, format, settings } = facts;
  const say = sayIn(finalReportTexts, language);
  const { userSettings } = Xrm.Utility.getGlobalContext();
  const offsetMinutes = (): number => userSettings.getTimeZoneOffsetMinutes();
  const { format: patterns } = pageHost({ recordId: settings.recordId, width: 0, language, dark, offsetMinutes });
  const style = { symbol: currency.symbol, pattern: patterns.numbers };
  const months = new Intl.DateTimeFormat(patterns.locale, { month: 'long', year: 'numeric', timeZone: 'UTC' });
  const or = <T>(value: T | null, told: (value: T) => string): string =>
    value === null ? say('unknown') : told(value);
  return {
    language,
    say,
    dates: patterns.dates,
    money: (amount) => or(amount, (known) => formatMoneyWithCode(known, style)),
    compact: (amount) =>
      formatMoneyCompact(amount, style, (unit, shown) =>
        (burnTexts[language][`unit.${unit}`] ?? '{amount}').replace('{amount}', shown),
      ),
    number: (value, digits) => or(value, (known) => format.number(known, digits)),
    percent: (value) => or(value, (known) => format.percent(known, 1)),
    day: (instant) =>
      or(instant, (known) => formatDay(known.length > 10 ? userDay(known, patterns.dates) : known, patterns.dates)),
    moment: (instant) => or(instant, (known) => formatDateTime(known, patterns.dates)),
    month: (month) => or(month, (known) => months.format(new Date(`${known}-01T00:00:00Z`))),
  };
}
