import type { DatePattern } from './date-format';
import type { NumberPattern } from './number-pattern';

/** How numbers and dates are written for one user. */
export interface UserFormat {
  /** BCP 47 tag of the user's language, for words that the browser knows (2 minutes ago) */
  readonly locale: string;
  readonly numbers: NumberPattern;
  readonly dates: DatePattern;
}

/** The part of `context.userSettings` that formatting needs. */
export interface UserSettings {
  readonly languageId: number;
  readonly dateFormattingInfo?: Partial<ComponentFramework.UserSettingApi.DateFormattingInfo>;
  readonly numberFormattingInfo?: Partial<ComponentFramework.UserSettingApi.NumberFormattingInfo>;
  getTimeZoneOffsetMinutes?: (date?: Date) => number;
}

/** Language ids with a French form: Canada and France. Any other language gets the English words. */
const FRENCH = new Set([3084, 1036]);

const ENGLISH_NUMBERS: NumberPattern = {
  decimal: '.',
  group: ',',
  groupSizes: [3],
  currencyDecimal: '.',
  currencyGroup: ',',
  currencyGroupSizes: [3],
  currencyPositive: 0,
  currencyNegative: 1,
  percentDecimal: '.',
  percentPositive: 1,
  percentSymbol: '%',
  negativeSign: '-',
};

const FRENCH_NUMBERS: NumberPattern = {
  ...ENGLISH_NUMBERS,
  decimal: ',',
  group: '\u00a0',
  currencyDecimal: ',',
  currencyGroup: '\u00a0',
  currencyPositive: 3,
  currencyNegative: 8,
  percentDecimal: ',',
  percentPositive: 0,
};

/**
 * Formats of the user's settings; what a host leaves out follows the language. Region format and language are separate
 * settings in Dynamics: an English user may well have French-Canadian numbers (R-2308).
 */
export function userFormat(settings: UserSettings): UserFormat {
  const french = FRENCH.has(settings.languageId);
  const locale = french ? 'fr-CA' : 'en-CA';
  return {
    locale,
    numbers: numberPattern(settings.numberFormattingInfo ?? {}, french ? FRENCH_NUMBERS : ENGLISH_NUMBERS),
    dates: datePattern(settings, locale, french),
  };
}

function numberPattern(
  info: Partial<ComponentFramework.UserSettingApi.NumberFormattingInfo>,
  fallback: NumberPattern,
): NumberPattern {
  return {
    decimal: info.numberDecimalSeparator ?? fallback.decimal,
    group: unbroken(info.numberGroupSeparator ?? fallback.group),
    groupSizes: info.numberGroupSizes ?? fallback.groupSizes,
    currencyDecimal: info.currencyDecimalSeparator ?? fallback.currencyDecimal,
    currencyGroup: unbroken(info.currencyGroupSeparator ?? fallback.currencyGroup),
    currencyGroupSizes: info.currencyGroupSizes ?? fallback.currencyGroupSizes,
    currencyPositive: info.currencyPositivePattern ?? fallback.currencyPositive,
    currencyNegative: info.currencyNegativePattern ?? fallback.currencyNegative,
    percentDecimal: info.percentDecimalSeparator ?? fallback.percentDecimal,
    percentPositive: info.percentPositivePattern ?? fallback.percentPositive,
    percentSymbol: info.percentSymbol ?? fallback.percentSymbol,
    negativeSign: info.negativeSign ?? fallback.negativeSign,
  };
}

/** A plain space between groups would let a number break over two lines. */
function unbroken(separator: string): string {
  return separator.replace(/ /g, '\u00a0');
}

function datePattern(settings: UserSettings, locale: string, french: boolean): DatePattern {
  const info = settings.dateFormattingInfo ?? {};
  const months = info.abbreviatedMonthNames?.slice(0, 12);
  return {
    months: months?.length === 12 && months.every(Boolean) ? months : monthNames(locale),
    monthDay: info.monthDayPattern ?? (french ? 'd MMMM' : 'MMMM d'),
    shortTime: info.shortTimePattern ?? 'HH:mm',
    am: info.amDesignator ?? 'AM',
    pm: info.pmDesignator ?? 'PM',
    offsetMinutes: (at) => settings.getTimeZoneOffsetMinutes?.(at) ?? -at.getTimezoneOffset(),
  };
}

function monthNames(locale: string): readonly string[] {
  const format = new Intl.DateTimeFormat(locale, { month: 'short', timeZone: 'UTC' });
  return Array.from({ length: 12 }, (_, month) => format.format(Date.UTC(2025, month, 15)));
}
