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
const FRENCH = [3084, 1036];

const ENGLISH_NUMBERS: NumberPattern = {
  numberDecimalSeparator: '.',
  numberGroupSeparator: ',',
  numberGroupSizes: [3],
  currencyDecimalSeparator: '.',
  currencyGroupSeparator: ',',
  currencyGroupSizes: [3],
  currencyPositivePattern: 0,
  currencyNegativePattern: 1,
  percentDecimalSeparator: '.',
  percentPositivePattern: 1,
  percentSymbol: '%',
  negativeSign: '-',
};

const FRENCH_NUMBERS: NumberPattern = {
  ...ENGLISH_NUMBERS,
  numberDecimalSeparator: ',',
  numberGroupSeparator: ' ',
  currencyDecimalSeparator: ',',
  currencyGroupSeparator: ' ',
  currencyPositivePattern: 3,
  currencyNegativePattern: 8,
  percentDecimalSeparator: ',',
  percentPositivePattern: 0,
};

/**
 * Formats of the user's settings; what a host leaves out follows the language. Region format and language are separate
 * settings in Dynamics: an English user may well have French-Canadian numbers (R-2308).
 */
export function userFormat(settings: UserSettings): UserFormat {
  const french = FRENCH.includes(settings.languageId);
  const locale = french ? 'fr-CA' : 'en-CA';
  const info = settings.dateFormattingInfo ?? {};
  const months = info.abbreviatedMonthNames?.slice(0, 12);
  return {
    locale,
    numbers: { ...(french ? FRENCH_NUMBERS : ENGLISH_NUMBERS), ...settings.numberFormattingInfo },
    dates: {
      months: months?.length === 12 ? months : monthNames(locale),
      monthDay: info.monthDayPattern ?? (french ? 'd MMMM' : 'MMMM d'),
      shortTime: info.shortTimePattern ?? 'HH:mm',
      am: info.amDesignator ?? 'AM',
      pm: info.pmDesignator ?? 'PM',
      offsetMinutes: (at) => settings.getTimeZoneOffsetMinutes?.(at) ?? -at.getTimezoneOffset(),
    },
  };
}

function monthNames(locale: string): readonly string[] {
  const format = new Intl.DateTimeFormat(locale, { month: 'short', timeZone: 'UTC' });
  return Array.from({ length: 12 }, (_, month) => format.format(Date.UTC(2025, month, 15)));
}
