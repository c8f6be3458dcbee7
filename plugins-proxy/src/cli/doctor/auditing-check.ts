import { leastRetentionYears } from '@crmjira/domain';
import { z } from 'zod';
import { optionalFlag, optionalNumber } from '../../clients/dataverse/columns';
import { type Finding, ok, warning } from './check';

/** What Dataverse keeps of changes, for the whole environment; days, −1 for ever. */
export const auditingRow = z.object({ isauditenabled: optionalFlag, auditretentionperiodv2: optionalNumber });

/** Leap years counted. */
const leastDays = Math.ceil(leastRetentionYears * 365.25);
/** Of an environment where nobody has chosen. */
const defaultDays = 30;

export const auditingRemedy = `In the admin centre, Settings, Audit settings: start auditing and keep its logs for ${leastDays} days at least, or for ever.`;

/** Pure: whether what our tables ask to be audited is, and is kept for seven years (R-1222). */
export function judgeAuditing([environment]: readonly z.output<typeof auditingRow>[]): Finding {
  if (environment?.isauditenabled !== true)
    return warning('auditing is off in this environment: what the tables ask for is not kept', auditingRemedy);
  const days = environment.auditretentionperiodv2 ?? defaultDays;
  if (days === -1) return ok('kept for ever');
  const says = `kept for ${days} days`;
  return days < leastDays ? warning(`${says}, not for ${leastRetentionYears} years`, auditingRemedy) : ok(says);
}
