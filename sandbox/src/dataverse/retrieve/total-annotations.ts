import type { Preferences } from '../annotations/preferences';
import { maximumPage } from './paging';

/**
 * How many rows match, as annotations; -1 when nobody asked for a count.
 * Source: learn.microsoft.com "Count rows using OData"
 * @param total null: not counted
 */
export function totalAnnotations(preferences: Preferences, total: number | null): Readonly<Record<string, unknown>> {
  const annotations = {
    'Microsoft.Dynamics.CRM.totalrecordcount': total === null ? -1 : Math.min(total, maximumPage),
    'Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded': total !== null && total > maximumPage,
  };
  const wanted = Object.entries(annotations).filter(([name]) => preferences.annotations(name));
  return Object.fromEntries(wanted.map(([name, value]) => [`@${name}`, value]));
}
