import type { DatePattern } from './date-format';
import type { NumberPattern } from './number-pattern';

/** How numbers and dates are written for one user. */
export interface UserFormat {
  /** BCP 47 tag of the user's language, for words that the browser knows (2 minutes ago) */
  readonly locale: string;
  readonly numbers: NumberPattern;
  readonly dates: DatePattern;
}

type Patterns = 'currencyPositivePattern' | 'currencyNegativePattern' | 'percentPositivePattern';

/** The part of `context.userSettings` that formatting needs. */
export interface UserSettings {
  readonly languageId: number;
  readonly dateFormattingInfo: ComponentFramework.UserSettingApi.DateFormattingInfo;
  readonly numberFormattingInfo: Partial<NumberPattern> & Omit<NumberPattern, Patterns>;
  getTimeZoneOffsetMinutes(date?: Date): number;
}

/** Language ids with a French form: Canada and France. Any other language gets the English words. */
const FRENCH = [3084, 1036];

/**
 * Formats of the user's settings. Region format and language are separate settings in Dynamics: an English user may well
 * have French-Canadian numbers (R-2308). Patterns that a host leaves out follow the language.
 */
export function userFormat(settings: UserSettings): UserFormat {
  const french = FRENCH.includes(settings.languageId);
  const { dateFormattingInfo: info, numberFormattingInfo } = settings;
  return {
    locale: french ? 'fr-CA' : 'en-CA',
    numbers: {
      currencyPositivePattern: french ? 3 : 0,
      currencyNegativePattern: french ? 8 : 1,
      percentPositivePattern: french ? 0 : 1,
      ...numberFormattingInfo,
    },
    dates: {
      months: info.abbreviatedMonthNames,
      monthDay: info.monthDayPattern ?? (french ? 'd MMMM' : 'MMMM d'),
      fromTo: french ? ['du ', ' au '] : ['', '–'],
      joint: french ? ' à ' : ' ',
      shortTime: info.shortTimePattern,
      am: info.amDesignator,
      pm: info.pmDesignator,
      offsetMinutes: (at) => settings.getTimeZoneOffsetMinutes(at),
    },
  };
}
