import type { EnteredMapping, ProviderCode } from '@crmjira/domain';
import { z } from 'zod';
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

/** What opens a web service by settings and secrets that its own schemas have checked. */
export interface RowsProvider {
  readonly code: ProviderCode;
  openService(settings: { readonly id: string }, secrets: unknown): Promise<WebService>;
}

const withId = z.object({ id: z.string() });

/** A run that keeps rows of Dynamics and records of a web service in agreement (R-1608). */
export const rowsRunner = (provider: RowsProvider) => ({
  code: provider.code,
  run: async ({ integration, mode, since, dataverse, signal, progress }: RowsContext) => {
    const { id, settings, secrets, mappings } = integration;
    const store = dataverseRows(dataverse, id, tableOf(mappings), {
      names: [...new Set(mappings.map(({ sourceField }) => sourceField))],
      numbers: new Set(
        mappings.filter(({ transform }) => numberTransforms.has(transform)).map(({ sourceField }) => sourceField),
      ),
    });
    const { id: idPath } = withId.parse(settings);
    // As the provider's schemas have checked them.
    const service = await provider.openService(settings as never, secrets);
    try {
      return await syncRows(service, store, {
        mappings,
        idPath,
        // Nothing is overwritten that both sides changed, until a person decides.
        policy: 'ask',
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
