import type { Row, Value } from '../store/row';

/** Code of Eastern Standard Time in `timezonedefinition`. */
const easternTime = 35;
const canadianEnglish = 4105;

/** Settings as a user gets them with the first day: the organisation's formats, no language chosen. */
export const userSettings = (user: Row): Readonly<Record<string, Value>> => ({
  systemuserid: user.systemuserid ?? null,
  localeid: canadianEnglish,
  timezonecode: easternTime,
  dateformatstring: 'yyyy-MM-dd',
  timeformatstring: 'h:mm tt',
  businessunitid: user.businessunitid ?? null,
});
