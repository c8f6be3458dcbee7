import { type EnteredMapping, type ProviderCode, type RowPolicy } from '@crmjira/domain';
import type { DataverseClient } from '../../../../clients/dataverse/dataverse-client';
import { ServiceError } from '../../../../clients/web-service/service-error';
import type { WebService } from '../../../../clients/web-service/web-service';
import { dataverseRows } from './dataverse-rows';
import { type RowSyncOptions, syncRows } from './sync-rows';

/** What a run of a web service works with; the context of a run has it all. */
export interface RowsContext extends Pick<RowSyncOptions, 'since' | 'signal' | 'progress'> {
  readonly integration: {
    readonly id: string;
    readonly settings: unknown;
    readonly secrets: unknown;
    readonly mappings: readonly EnteredMapping[];
  };
  readonly mode: 'changes' | 'everything' | 'dry-run';
  readonly dataverse: Pick<DataverseClient, 'many' | 'changeSet'>;
}

const numberTransforms: ReadonlySet<string | null> = new Set(['text-to-number', 'text-to-amount']);

/** The one table that the mappings of an integration name. @throws ServiceError where they name several, or none */
function tableOf(mappings: readonly EnteredMapping[]): string {
  const [table = '', ...others] = new Set(mappings.map(({ sourceTable }) => sourceTable));
  if (table === '' || others.length > 0)
    throw new ServiceError('service-table-unknown', { table: [table, ...others].join(', ').slice(0, 100) });
  return table;
}

/**
 * A run that keeps rows of Dynamics and records of a web service in agreement (R-1608).
 * @param open the service, by settings that its provider's schemas have checked; `idPath`: its setting `id`
 */
export const rowsRunner = (
  code: ProviderCode,
  open: (settings: unknown, secrets: unknown) => Promise<{ readonly service: WebService; readonly idPath: string }>,
  policy: RowPolicy = 'ask',
) => ({
  code,
  run: async ({ integration, mode, since, dataverse, signal, progress }: RowsContext) => {
    const { id, settings, secrets, mappings } = integration;
    const store = dataverseRows(dataverse, id, tableOf(mappings), {
      names: [...new Set(mappings.map(({ sourceField }) => sourceField))],
      numbers: new Set(
        mappings.filter(({ transform }) => numberTransforms.has(transform)).map(({ sourceField }) => sourceField),
      ),
    });
    const { service, idPath } = await open(settings, secrets);
    try {
      return await syncRows(service, store, {
        mappings,
        idPath,
        policy,
        since: mode === 'changes' ? since : null,
        isDryRun: mode === 'dry-run',
        signal,
        progress,
      });
    } finally {
      await service.close();
    }
  },
});
