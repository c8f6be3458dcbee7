import {
  CommandState,
  CommandType,
  ConflictState,
  decisionRefusedText,
  integrationText,
  noRecordText,
  payloadRefusedText,
  tables,
  wholeSecond,
} from '@crmjira/domain';
import { z } from 'zod';
import { choice, guid, optionalText, text } from '../../../clients/dataverse/columns';
import { quoted } from '../../../clients/dataverse/filter';
import { hasChangedMeanwhile } from '../../../platform/errors/has-code';
import { administratorCommand } from '../../../reconciler/administrator-command';
import type { CommandAnswer, CommandHandler } from '../../../reconciler/commands';
import type { IntegrationCommandParts } from '../integration-command';
import { webSystem } from '../runs/rows/dataverse-rows';

const { entitySet } = tables.crmjira_sync_conflict;
const value = z.string().max(100_000).nullable();
/** Whose value is kept, and the values that the person was shown. */
const payloadSchema = z.strictObject({ keep: z.enum(['crm', 'jira']), crm: value, jira: value });
const conflictRow = z.object({
  '@odata.etag': z.string(),
  crmjira_regarding_id: text,
  crmjira_crm_value: optionalText,
  crmjira_jira_value: optionalText,
  crmjira_state: choice(ConflictState).nullish(),
});
const select = Object.keys(conflictRow.shape).filter((column) => !column.startsWith('@'));

const refused = (result: string): CommandAnswer => ({ state: CommandState.Refused, result });

/**
 * Answers the command "Resolve conflict" about a row that an integration synchronises: the decision is kept, and the next run carries it out
 * (R-1614, SYNC). It counts for the values that the person was shown; conflicts of issues are decided elsewhere.
 */
export const decideConflictCommand = (
  parts: Pick<IntegrationCommandParts, 'dataverse' | 'environmentSettings' | 'now'>,
): CommandHandler => ({
  ...administratorCommand(
    parts,
    CommandType.ResolveConflict,
    async (command, language) => {
      const { dataverse, now } = parts;
      const id = guid.safeParse(command.regarding?.id).data;
      if (id === undefined) return refused(noRecordText(language));
      const payload = payloadSchema.safeParse(command.payload);
      if (!payload.success) return refused(payloadRefusedText(language));
      const { keep, crm, jira } = payload.data;
      const shown = await dataverse.one(entitySet, id, select, conflictRow);
      if (shown === null) return refused(noRecordText(language));
      const ofRows = `crmjira_record_id eq ${quoted(shown.crmjira_regarding_id)} and startswith(crmjira_system,${quoted(webSystem)})`;
      const pairs = await dataverse.many(
        tables.crmjira_external_ref.entitySet,
        { select: ['crmjira_external_refid'], filter: ofRows, top: 1 },
        z.object({ crmjira_external_refid: guid }),
      );
      if (pairs.length === 0) return refused(noRecordText(language));
      const isShown =
        shown.crmjira_state === ConflictState.Open &&
        shown.crmjira_crm_value === crm &&
        shown.crmjira_jira_value === jira;
      if (!isShown) return refused(decisionRefusedText(language));
      try {
        await dataverse.changeSet([
          {
            op: 'update',
            collection: entitySet,
            id,
            columns: {
              crmjira_state: keep === 'crm' ? ConflictState.KeptCrm : ConflictState.KeptJira,
              crmjira_decided_on: wholeSecond(now().toISOString()),
              'crmjira_decided_by@odata.bind': `/${tables.systemuser.entitySet}(${command.requestedById})`,
            },
            ifMatch: shown['@odata.etag'],
          },
        ]);
      } catch (thrown) {
        if (!hasChangedMeanwhile(thrown)) throw thrown;
        return refused(decisionRefusedText(language));
      }
      return { state: CommandState.Done, result: integrationText('decided', language) };
    },
    // What is decided about rows of integrations is an administrator's, as the runs are.
    CommandType.Run,
  ),
  takes: ({ regarding }) => regarding?.table === 'crmjira_sync_conflict',
});
