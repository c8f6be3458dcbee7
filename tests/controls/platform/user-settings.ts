const ENGLISH_MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec', ''];
const FRENCH_MONTHS = [
  'janv.',
  'févr.',
  'mars',
  'avr.',
  'mai',
  'juin',
  'juil.',
  'août',
  'sept.',
  'oct.',
  'nov.',
  'déc.',
  '',
];

/** `context.userSettings` of a user in Canada. */
export function userSettings(language: 1033 | 3084, offsetMinutes = -240) {
  const french = language === 3084;
  return {
    languageId: language,
    getTimeZoneOffsetMinutes: () => offsetMinutes,
    dateFormattingInfo: {
      abbreviatedMonthNames: french ? FRENCH_MONTHS : ENGLISH_MONTHS,
      monthDayPattern: french ? 'd MMMM' : 'MMMM d',
      shortTimePattern: 'HH:mm',
      amDesignator: 'AM',
      pmDesignator: 'PM',
    },
    numberFormattingInfo: {
      numberDecimalSeparator: french ? ',' : '.',
      numberGroupSeparator: french ? ' ' : ',',
      numberGroupSizes: [3],
      currencyDecimalSeparator: french ? ',' : '.',
      currencyGroupSeparator: french ? ' ' : ',',
      currencyGroupSizes: [3],
      currencyPositivePattern: french ? 3 : 0,
      currencyNegativePattern: french ? 8 : 1,
      percentDecimalSeparator: french ? ',' : '.',
      percentPositivePattern: french ? 0 : 1,
      percentSymbol: '%',
      negativeSign: '-',
    },
  };
}
