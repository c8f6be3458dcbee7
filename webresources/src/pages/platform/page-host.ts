import type { Language } from '@crmjira/domain';
import { FORECAST_RAMP, type HostFacts, type UserSettings, hostFacts } from '@crmjira/form-data';

export interface PageHostInput {
  readonly recordId: string | null;
  readonly width: number;
  readonly language: Language;
  readonly dark: boolean;
  readonly offsetMinutes: (at?: Date) => number;
}

/** What a control's context would have told, from what a page knows. Pure but for the language data of the browser. */
export function pageHost(input: PageHostInput): HostFacts {
  const context = {
    mode: {
      allocatedWidth: input.width,
      isControlDisabled: false,
      contextInfo: { entityId: input.recordId ?? '' },
    },
    userSettings: userSettings(input),
    client: { isOffline: () => !navigator.onLine },
    // the theme's only part that a page knows
    fluentDesignLanguage: { isDarkTheme: input.dark } as unknown as ComponentFramework.FluentDesignState,
  };
  return hostFacts(context, undefined, FORECAST_RAMP);
}

/** The client API gives a page no number format: that of the language stands in, .NET's for en-CA and fr-CA. */
function userSettings({ language, offsetMinutes }: PageHostInput): UserSettings {
  const french = language === 3084;
  const months = new Intl.DateTimeFormat(french ? 'fr-CA' : 'en-CA', { month: 'short', timeZone: 'UTC' });
  const decimal = french ? ',' : '.';
  const group = french ? '\u00a0' : ',';
  return {
    languageId: language,
    getTimeZoneOffsetMinutes: offsetMinutes,
    // the parts of DateFormattingInfo that the controls read
    dateFormattingInfo: {
      abbreviatedMonthNames: Array.from({ length: 12 }, (_, month) =>
        months.format(new Date(Date.UTC(2023, month, 1))),
      ),
      monthDayPattern: french ? 'd MMMM' : 'MMMM d',
      shortTimePattern: 'HH:mm',
      amDesignator: french ? '' : 'AM',
      pmDesignator: french ? '' : 'PM',
    } as UserSettings['dateFormattingInfo'],
    numberFormattingInfo: {
      numberDecimalSeparator: decimal,
      numberGroupSeparator: group,
      numberGroupSizes: [3],
      currencyDecimalSeparator: decimal,
      currencyGroupSeparator: group,
      currencyGroupSizes: [3],
      percentDecimalSeparator: decimal,
      percentSymbol: '%',
      negativeSign: '-',
    },
  };
}
