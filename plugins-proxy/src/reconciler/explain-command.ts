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
import type { CommandHandler } from './commands';
import type { ExplainContext, Explainer } from './explain';
import type { Regarding } from './log-context';

interface ExplainCommandParts extends Omit<ExplainContext, 'correlationId'> {
  readonly dataverse: DataverseClient;
  readonly environmentSettings: Pick<EnvironmentSettings, 'languageOf' | 'whoAmI'>;
  readonly explainers: readonly Explainer[];
}

/** Whether somebody may read a record, by Dataverse's own answer. */
async function mayRead(dataverse: DataverseClient, userId: string, { table, id }: Regarding): Promise<boolean> {
  const found = Object.entries(tables).find(([name]) => name === table)?.[1];
  if (found === undefined) return false;
  return (await dataverse.rights(userId, { collection: found.entitySet, id })).has('ReadAccess');
}

/** Answers the command "Explain": why the record that it regards is not in agreement, for whoever may read that record. */
export function explainCommand(parts: ExplainCommandParts): CommandHandler {
  const { dataverse, environmentSettings, explainers } = parts;
  return {
    type: CommandType.Explain,
    answer: async ({ regarding, requestedById, correlationId }) => {
      const [{ userId }, language] = await Promise.all([
        environmentSettings.whoAmI(),
        environmentSettings.languageOf(requestedById),
      ]);
      const service = requestedById === userId.toLowerCase();
      const read = service || (regarding !== null && (await mayRead(dataverse, requestedById, regarding)));
      const refusedFor = unmetNeed(COMMAND_AUTHORITY[CommandType.Explain].needs, { service, read });
      if (refusedFor !== null) return { state: CommandState.Refused, result: refusalText(refusedFor, language) };
      const explainer = explainers.find(({ table }) => table === regarding?.table);
      // A record that nothing keeps in agreement is as good as none.
      if (regarding === null || explainer === undefined)
        return { state: CommandState.Failed, result: noRecordText(language) };
      const answer = await explainer.explain(regarding.id, { ...parts, correlationId });
      const { isKnown, fields, steps, trouble } = answer;
      const differing = fields.filter((field) => field.differs).length;
      const result = explainText({ isKnown, differing, steps: steps.length, trouble }, language);
      return { state: isKnown === false ? CommandState.Failed : CommandState.Done, result, answer };
    },
  };
}
