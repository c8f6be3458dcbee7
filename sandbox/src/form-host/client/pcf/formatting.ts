import { formatClock, formatDay, formatInstant, formatMoney, formatNumber } from '../format/format-value';
import { type Language, localeOf } from '../language';

/** By `shortDatePattern` of the user's settings. */
const shortDate = (value: Date): string => new Intl.DateTimeFormat('en-CA', { dateStyle: 'short' }).format(value);

/** `context.formatting`: by the user's language and the record's currency. */
export function formattingApi(language: Language, currency: () => string) {
  return {
    formatCurrency: (value: number, precision = 2, symbol?: string) => {
      if (!symbol) return formatMoney(value, currency(), language, precision);
      const digits = formatNumber(value, language, precision);
      if (language === 3084) return `${digits}\u00a0${symbol}`;
      return digits.startsWith('-') ? `-${symbol}${digits.slice(1)}` : `${symbol}${digits}`;
    },
    formatDecimal: (value: number, precision = 2) => formatNumber(value, language, precision),
    formatInteger: (value: number) => formatNumber(value, language),
    formatLanguage: (value: number) =>
      new Intl.DisplayNames(localeOf(language), { type: 'language' }).of(value === 3084 ? 'fr-CA' : 'en-CA') ?? '',
    formatDateShort: (value: Date, includeTime = false) =>
      includeTime ? `${shortDate(value)} ${formatClock(value)}` : shortDate(value),
    formatDateLong: (value: Date) => new Intl.DateTimeFormat(localeOf(language), { dateStyle: 'full' }).format(value),
    formatDateLongAbbreviated: (value: Date) =>
      new Intl.DateTimeFormat(localeOf(language), { dateStyle: 'medium' }).format(value),
    formatDateYearMonth: (value: Date) =>
      new Intl.DateTimeFormat(localeOf(language), { month: 'long', year: 'numeric' }).format(value),
    formatDateAsFilterStringInUTC: (value: Date) => value.toISOString().slice(0, 10),
    formatTime: (value: Date, behavior: number) =>
      // 3 = date only (DateTimeFieldBehavior)
      behavior === 3 ? formatDay(value.toISOString(), language) : formatInstant(value, language),
    getWeekOfYear: (value: Date) => {
      const start = Date.UTC(value.getUTCFullYear(), 0, 1);
      return Math.ceil(((value.getTime() - start) / 86_400_000 + 1) / 7);
    },
  };
}
