import { dayOf, type EnteredMapping, type ProviderCode } from '@crmjira/domain';
import { z } from 'zod';
import type { DataverseClient } from '../../../../clients/dataverse/dataverse-client';
import { ServiceError } from '../../../../clients/web-service/service-error';
import type { WebService } from '../../../../clients/web-service/web-service';
import { dataverseRows } from './dataverse-rows';
import { fieldMap } from './field-map';
import { type RowSyncOptions, syncRows } from './sync-rows';

/** What a run of a web service works with; the context of a run has it all. */
export interface RowsContext extends Pick<RowSyncOptions, 'since' | 'signal' | 'progress'> {
  readonly integration: {
    readonly id: string;
    readonly settings: unknown;
    readonly secrets: unknown;
    readonly mappings: readonly EnteredMapping[];
    readonly batchSize: number;
  };
  readonly mode: 'changes' | 'everything' | 'dry-run';
  readonly dataverse: Pick<DataverseClient, 'many' | 'changeSet' | 'tableFacts'>;
  readonly now: () => Date;
}

/** A look at changes begins so much before the last run did, in milliseconds: clocks differ, and what was being written then came later. */
const overlapMs = 300_000;

/** The one table that the mappings of an integration name. @throws ServiceError where they name several, or none */
function tableOf(mappings: readonly EnteredMapping[]): string {
  const [table = '', ...others] = new Set(mappings.map(({ sourceTable }) => sourceTable));
  if (table === '' || others.length > 0)
    throw new ServiceError('service-table-unknown', { table: [table, ...others].join(', ').slice(0, 100) });
  return table;
}

/** Since when changes are asked for; null: the first run of a day (UTC) looks at everything, as does one that is told to. Pure. */
export function changesSince({ mode, since, now }: Pick<RowsContext, 'mode' | 'since' | 'now'>): Date | null {
  if (mode !== 'changes' || since === null || dayOf(since.toISOString()) !== dayOf(now().toISOString())) return null;
  return new Date(since.getTime() - overlapMs);
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
  run: async (context: RowsContext) => {
    const { dataverse, signal, progress } = context;
    const { id, settings, secrets, mappings, batchSize } = context.integration;
    const table = tableOf(mappings);
    const names = [...new Set(mappings.map(({ sourceField }) => sourceField))];
    const facts = await dataverse.tableFacts(table, [...names, 'modifiedon']);
    if (facts === null) throw new ServiceError('service-table-unknown', { table: table.slice(0, 100) });
    const map = fieldMap(mappings, withId.parse(settings).id, table, facts);
    const store = dataverseRows({ dataverse, integrationId: id, table, facts, names });
    // As the provider's schemas have checked them.
    const service = await provider.openService(settings as never, secrets);
    try {
      return await syncRows(service, store, {
        integrationId: id,
        map,
        since: changesSince(context),
        isDryRun: context.mode === 'dry-run',
        batchSize,
        signal,
        progress,
      });
    } finally {
      await service.close();
    }
  },
});
