import {
  CommandState,
  type CommandType,
  type IntegrationSentence,
  integrationText,
  type Language,
  noRecordText,
  payloadRefusedText,
} from '@crmjira/domain';
import { z } from 'zod';
import type { DataverseClient } from '../../clients/dataverse/dataverse-client';
import type { ConnectionSecrets } from '../../connections/credentials/connection-secret';
import type { EnvironmentSettings } from '../../connections/environment/environment-settings';
import type { JiraConnections } from '../../connections/jira/jira-connections';
import type { IntegrationProvider } from '../../connections/providers/integration-provider';
import type { Keyring } from '../../platform/secrets/service-keys';
import type { Store } from '../../queue/store/store';
import { administratorCommand } from '../../reconciler/administrator-command';
import type { AnswerLater, CommandAnswer, CommandHandler, GivenCommand } from '../../reconciler/commands';
import { actionOf, audit } from './audit';

/** What commands about integrations work with. */
export interface IntegrationCommandParts {
  readonly dataverse: DataverseClient;
  readonly environmentSettings: Pick<EnvironmentSettings, 'languageOf' | 'whoAmI'>;
  readonly jira: Pick<JiraConnections, 'first' | 'refresh'>;
  readonly providers: readonly IntegrationProvider[];
  readonly secretOf: ConnectionSecrets;
  readonly keyring: Keyring;
  /** Remembers which sealed secrets have been read. */
  readonly store: Pick<Store, 'receive'>;
  readonly now: () => Date;
}

/** A command about an integration, given by an administrator. */
export interface AskedOfIntegration<Payload> {
  readonly command: GivenCommand;
  readonly id: string;
  readonly payload: Payload;
  readonly language: Language;
}

export const refused = (what: IntegrationSentence, language: Language, name = ''): CommandAnswer => ({
  state: CommandState.Refused,
  result: integrationText(what, language, name),
});

/**
 * A command for administrators alone (R-1617); what is refused for want of the role is kept as well (R-1616).
 * @param table that it regards
 */
export function integrationCommand<Schema extends z.ZodType>(
  parts: Pick<IntegrationCommandParts, 'dataverse' | 'environmentSettings' | 'now'>,
  type: CommandType & keyof typeof actionOf,
  schema: Schema,
  carryOut: (asked: AskedOfIntegration<z.output<Schema>>) => Promise<CommandAnswer | AnswerLater>,
  table = 'crmjira_integration',
): CommandHandler {
  return administratorCommand(
    parts,
    type,
    async (command, language) => {
      const id = z.guid().safeParse(command.regarding?.id).data?.toLowerCase();
      if (command.regarding?.table !== table || id === undefined)
        return { state: CommandState.Failed, result: noRecordText(language) };
      const payload = schema.safeParse(command.payload);
      if (!payload.success) return { state: CommandState.Refused, result: payloadRefusedText(language) };
      return carryOut({ command, id, payload: payload.data, language });
    },
    type,
    (command) => audit(parts, { command, action: `refused-role:${actionOf[type]}`, name: '' }),
  );
}
