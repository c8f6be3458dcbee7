import { type Language, localeOf } from '../language';

type DateFormattingInfo = ComponentFramework.UserSettingApi.DateFormattingInfo;
type NumberFormattingInfo = ComponentFramework.UserSettingApi.NumberFormattingInfo;

const known = new Map<string, readonly string[]>();

/** A browser takes milliseconds for each formatter, and every drawing of a control asks for all names: they are made once. */
function names(language: Language, options: Intl.DateTimeFormatOptions, dates: readonly Date[]): string[] {
  const key = JSON.stringify([language, options]);
  const format = (): string[] => {
    const { format: one } = new Intl.DateTimeFormat(localeOf(language), { ...options, timeZone: 'UTC' });
    return dates.map((date) => one(date));
  };
  const found = known.get(key) ?? format();
  known.set(key, found);
  return [...found];
}

// 2023 begins on a Sunday
const days = Array.from({ length: 7 }, (_, index) => new Date(Date.UTC(2023, 0, 1 + index)));
const months = Array.from({ length: 12 }, (_, index) => new Date(Date.UTC(2023, index, 1)));

/** `context.userSettings.dateFormattingInfo`: .NET's DateTimeFormatInfo of en-CA and fr-CA, with a 24-hour clock. */
export function dateFormattingInfo(language: Language): DateFormattingInfo {
  const isFrench = language === 3084;
  const longDatePattern = isFrench ? 'd MMMM yyyy' : 'MMMM d, yyyy';
  return {
    amDesignator: isFrench ? '' : 'AM',
    pmDesignator: isFrench ? '' : 'PM',
    calendar: {
      minSupportedDateTime: new Date('0001-01-01T00:00:00Z'),
      maxSupportedDateTime: new Date('9999-12-31T23:59:59Z'),
      algorithmType: 1,
      calendarType: 1,
      twoDigitYearMax: 2049,
    },
    calendarWeekRule: 0,
    firstDayOfWeek: 0,
    dateSeparator: '-',
    timeSeparator: ':',
    shortDatePattern: 'yyyy-MM-dd',
    longDatePattern,
    monthDayPattern: isFrench ? 'd MMMM' : 'MMMM d',
    yearMonthPattern: isFrench ? 'MMMM yyyy' : 'MMMM, yyyy',
    shortTimePattern: 'HH:mm',
    longTimePattern: 'HH:mm:ss',
    fullDateTimePattern: `${longDatePattern} HH:mm:ss`,
    sortableDateTimePattern: "yyyy'-'MM'-'dd'T'HH':'mm':'ss",
    universalSortableDateTimePattern: "yyyy'-'MM'-'dd HH':'mm':'ss'Z'",
    dayNames: names(language, { weekday: 'long' }, days),
    abbreviatedDayNames: names(language, { weekday: 'short' }, days),
    shortestDayNames: names(language, { weekday: 'narrow' }, days),
    monthNames: names(language, { month: 'long' }, months),
    monthGenitiveNames: names(language, { month: 'long' }, months),
    abbreviatedMonthNames: names(language, { month: 'short' }, months),
    abbreviatedMonthGenitiveNames: names(language, { month: 'short' }, months),
  };
}

/** `context.userSettings.numberFormattingInfo`: .NET's NumberFormatInfo of en-CA and fr-CA; patterns by .NET's numbers. */
export function numberFormattingInfo(language: Language): NumberFormattingInfo {
  const isFrench = language === 3084;
  const decimal = isFrench ? ',' : '.';
  const group = isFrench ? '\u00a0' : ',';
  return {
    currencyDecimalDigits: 2,
    currencyDecimalSeparator: decimal,
    currencyGroupSeparator: group,
    currencyGroupSizes: [3],
    // "$n" and "-$n" in English, "n $" and "-n $" in French
    currencyPositivePattern: isFrench ? 3 : 0,
    currencyNegativePattern: isFrench ? 8 : 1,
    currencySymbol: '$',
    numberDecimalDigits: 2,
    numberDecimalSeparator: decimal,
    numberGroupSeparator: group,
    numberGroupSizes: [3],
    numberNegativePattern: 1,
    percentDecimalDigits: 2,
    percentDecimalSeparator: decimal,
    percentGroupSeparator: group,
    percentGroupSizes: [3],
    // "n%" in English, "n %" in French
    percentPositivePattern: isFrench ? 0 : 1,
    percentNegativePattern: isFrench ? 0 : 1,
    percentSymbol: '%',
    perMilleSymbol: '‰',
    nanSymbol: 'NaN',
    nativeDigits: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
    negativeSign: '-',
    positiveSign: '+',
    negativeInfinitySymbol: '-∞',
    positiveInfinitySymbol: '∞',
  };
}
