import {
  COMMAND_AUTHORITY,
  CommandState,
  CommandType,
  explainText,
  noRecordText,
  refusalText,
  tables,
  unmetNeed,
} from '@crmjira/domain';
import type { DataverseClient } from '../clients/dataverse/dataverse-client';
import type { EnvironmentSettings } from '../connections/environment/environment-settings';
import { readableColumns } from '../connections/environment/readable-columns';
import { classifyError } from '../platform/errors/classify-error';
import type { CommandHandler } from './commands';
import type { ExplainContext, Explainer } from './explain';
import { explainedFor, type Sight } from './explained-for';
import type { Regarding } from './log-context';
import type { Explained } from './sync-module';

/** Two seconds less than a person is to wait at most: the command comes and its answer goes in them. */
const withinMs = 3_000;

interface ExplainCommandParts extends Omit<ExplainContext, 'correlationId' | 'language' | 'withinMs'> {
  readonly dataverse: DataverseClient;
  readonly environmentSettings: Pick<EnvironmentSettings, 'languageOf' | 'whoAmI'>;
  readonly explainers: readonly Explainer[];
  /** Left out: as long as a person at a form waits. */
  readonly withinMs?: number;
}

/** Whether somebody may read a record, by Dataverse's own answer. */
async function mayRead(
  dataverse: Pick<DataverseClient, 'rights'>,
  userId: string,
  { table, id }: Regarding,
): Promise<boolean> {
  const found = Object.entries(tables).find(([name]) => name === table)?.[1];
  if (found === undefined) return false;
  return (await dataverse.rights(userId, { collection: found.entitySet, id })).has('ReadAccess');
}

/**
 * Answers the command "Explain": why the record that it regards is not in agreement, for whoever may read that record. Of what it is
 * made from, such as the case of a link or a secured column, they are told what they may read there.
 */
export function explainCommand(parts: ExplainCommandParts): CommandHandler {
  const { dataverse, environmentSettings, explainers, logger } = parts;

  async function columnsFor(userId: string, table: string): Promise<Sight['columns']> {
    try {
      return await readableColumns(dataverse.batched, userId, table);
    } catch (thrown) {
      logger.warn({ reason: classifyError(thrown).message }, 'column security not read; secured columns are not shown');
      return new Set();
    }
  }

  const seesParts = async (userId: string, { partOf }: Explained): Promise<boolean> =>
    (await Promise.all(partOf.map((part) => mayRead(dataverse.batched, userId, part)))).every(Boolean);

  return {
    type: CommandType.Explain,
    answer: async ({ regarding, requestedById, correlationId }) => {
      const [{ userId }, language, rights] = await Promise.all([
        environmentSettings.whoAmI(),
        environmentSettings.languageOf(requestedById),
        regarding !== null && mayRead(dataverse, requestedById, regarding),
      ]);
      const service = requestedById === userId.toLowerCase();
      const evidence = { service, read: service || rights };
      const refusedFor = unmetNeed(COMMAND_AUTHORITY[CommandType.Explain].needs, evidence);
      if (refusedFor !== null) return { state: CommandState.Refused, result: refusalText(refusedFor, language) };
      const explainer = explainers.find(({ table }) => table === regarding?.table);
      // A record that nothing keeps in agreement is as good as none.
      if (regarding === null || explainer === undefined)
        return { state: CommandState.Failed, result: noRecordText(language) };
      const [explanation, columns] = await Promise.all([
        explainer.explain(regarding.id, { withinMs, ...parts, correlationId, language }),
        service ? ('all' as const) : columnsFor(requestedById, explainer.table),
      ]);
      const sight: Sight = { columns, parts: service || (await seesParts(requestedById, explanation)) };
      const answer = explainedFor(explanation, sight, language);
      const state = answer.standing === 'unknown' ? CommandState.Failed : CommandState.Done;
      return { state, result: explainText(answer.standing, language), answer };
    },
  };
}
