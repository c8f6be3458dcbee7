import { formatDay, formatInstant, formatMoney, formatNumber } from '../format/format-value';
import { type Language, localeOf } from '../language';

/** `context.formatting`: by the user's language and the record's currency. */
export function formattingApi(language: Language, currency: () => string) {
  return {
    formatCurrency: (value: number, precision = 2, symbol?: string) => {
      if (!symbol) return formatMoney(value, currency(), language, precision);
      const digits = formatNumber(value, language, precision);
      return language === 3084 ? `${digits}\u00a0${symbol}` : `${symbol}${digits}`;
    },
    formatDecimal: (value: number, precision = 2) => formatNumber(value, language, precision),
    formatInteger: (value: number) => formatNumber(value, language),
    formatLanguage: (value: number) =>
      new Intl.DisplayNames(localeOf(language), { type: 'language' }).of(value === 3084 ? 'fr-CA' : 'en-CA') ?? '',
    formatDateShort: (value: Date, includeTime = false) =>
      new Intl.DateTimeFormat(localeOf(language), {
        dateStyle: 'short',
        ...(includeTime ? { timeStyle: 'short', hourCycle: 'h23' } : {}),
      }).format(value),
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

/** `context.userSettings.dateFormattingInfo`, as far as controls use it: patterns and names of the user's language. */
export function dateFormattingInfo(language: Language) {
  const names = (options: Intl.DateTimeFormatOptions, dates: readonly Date[]) =>
    dates.map((date) => new Intl.DateTimeFormat(localeOf(language), { ...options, timeZone: 'UTC' }).format(date));
  // 2023 begins on a Sunday
  const days = Array.from({ length: 7 }, (_, index) => new Date(Date.UTC(2023, 0, 1 + index)));
  const months = Array.from({ length: 12 }, (_, index) => new Date(Date.UTC(2023, index, 1)));
  return {
    firstDayOfWeek: 0,
    dateSeparator: '-',
    timeSeparator: ':',
    shortDatePattern: 'yyyy-MM-dd',
    longDatePattern: language === 3084 ? 'd MMMM yyyy' : 'MMMM d, yyyy',
    shortTimePattern: 'HH:mm',
    longTimePattern: 'HH:mm:ss',
    dayNames: names({ weekday: 'long' }, days),
    abbreviatedDayNames: names({ weekday: 'short' }, days),
    shortestDayNames: names({ weekday: 'narrow' }, days),
    monthNames: names({ month: 'long' }, months),
    abbreviatedMonthNames: names({ month: 'short' }, months),
  };
}

/** `context.userSettings.numberFormattingInfo`. */
export function numberFormattingInfo(language: Language) {
  const isFrench = language === 3084;
  return {
    currencyDecimalDigits: 2,
    currencyDecimalSeparator: isFrench ? ',' : '.',
    currencyGroupSeparator: isFrench ? '\u00a0' : ',',
    currencyGroupSizes: [3],
    currencySymbol: '$',
    numberDecimalDigits: 2,
    numberDecimalSeparator: isFrench ? ',' : '.',
    numberGroupSeparator: isFrench ? '\u00a0' : ',',
    numberGroupSizes: [3],
    percentDecimalDigits: 2,
    percentDecimalSeparator: isFrench ? ',' : '.',
    percentSymbol: '%',
    negativeSign: '-',
    positiveSign: '+',
  };
}
