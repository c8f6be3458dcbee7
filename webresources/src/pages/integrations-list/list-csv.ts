import type { integrationsListTexts } from '../../strings/generated/integrations-list';
import { healthChip } from '../integrations/health-words';
import { type Integration, providerText } from '../integrations/integration';
import { type Total, rateOf } from '../integrations/run-figures';
import type { IntegrationsSay } from '../integrations/run-words';
import type { CsvCell } from '../platform/csv';
import type { PageFormat } from '../platform/page-format';
import type { Say } from '../platform/page-words';

/** The list as a table for a spreadsheet. Pure. */
export function listRows(
  integrations: readonly Integration[],
  totals: ReadonlyMap<string, Total>,
  words: {
    readonly say: Say<typeof integrationsListTexts>;
    readonly sayShared: IntegrationsSay;
    readonly format: PageFormat;
  },
): readonly (readonly CsvCell[])[] {
  const { say, sayShared, format } = words;
  const stamp = (instant: string | null): CsvCell => (instant === null ? null : format.stamp(instant));
  const heads = [sayShared('integration'), say('address'), sayShared('provider'), say('state'), sayShared('health')];
  return [
    [...heads, say('lastTest'), say('lastSync'), say('every'), say('runs7'), say('success')],
    ...integrations.map((one): readonly CsvCell[] => {
      const total = totals.get(one.id);
      const rate = total === undefined ? null : rateOf(total);
      return [
        ...[one.name, one.host, providerText(one, sayShared), sayShared(one.isActive ? 'active' : 'inactive')],
        ...[healthChip({ ...one, isActive: true }, sayShared).text, stamp(one.testedOn), stamp(one.syncedOn)],
        ...[one.intervalMinutes, total?.runs ?? 0, rate === null ? null : Math.round(rate * 10) / 10],
      ];
    }),
  ];
}
