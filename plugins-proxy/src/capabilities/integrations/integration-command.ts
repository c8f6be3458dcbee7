import {
  CommandState,
  type CommandType,
  type IntegrationSentence,
  integrationText,
  type Language,
  noRecordText,
  payloadRefusedText,
  type ProviderCode,
} from '@crmjira/domain';
import { z } from 'zod';
import type { DataverseClient } from '../../clients/dataverse/dataverse-client';
import type { ConnectionSecrets } from '../../connections/credentials/connection-secret';
import type { EnvironmentSettings } from '../../connections/environment/environment-settings';
import type { JiraConnections } from '../../connections/jira/jira-connections';
import type { IntegrationProvider } from '../../connections/providers/integration-provider';
import { readSavedIntegration, type SavedIntegration } from '../../connections/providers/saved-integration';
import type { Keyring } from '../../platform/secrets/service-keys';
import type { Store } from '../../queue/store/store';
import { administratorCommand } from '../../reconciler/administrator-command';
import type { AnswerLater, CommandAnswer, CommandHandler, GivenCommand } from '../../reconciler/commands';
import { actionOf, type AdminAction, audit } from './audit';

/** What commands about integrations work with. */
export interface IntegrationCommandParts {
  readonly dataverse: DataverseClient;
  readonly environmentSettings: Pick<EnvironmentSettings, 'languageOf' | 'whoAmI'>;
  readonly jira: Pick<JiraConnections, 'first' | 'refresh' | 'derivedWebhookSecrets'>;
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

/** Why a command was not carried out; `integrationCommand` answers it. */
export class Refused extends Error {
  /** @param called the integration, as far as it is known */
  constructor(
    readonly why: IntegrationSentence | CommandAnswer,
    readonly called = '',
  ) {
    super(typeof why === 'string' ? why : why.result);
  }
}

const refusalOf = ({ why, called }: Refused, language: Language): CommandAnswer =>
  typeof why === 'string' ? { state: CommandState.Refused, result: integrationText(why, language, called) } : why;

type RowParts = Pick<IntegrationCommandParts, 'dataverse' | 'jira' | 'providers'>;

/** @returns null: nothing is saved yet under this id @throws Refused it is the first connection, or of another provider */
export async function savedOrNew(
  { dataverse, jira, providers }: RowParts,
  id: string,
  code: ProviderCode | null = null,
  isFirstToo = false,
): Promise<SavedIntegration | null> {
  if (id === jira.first.id && !isFirstToo) throw new Refused('first-connection', jira.first.name);
  const saved = await readSavedIntegration(dataverse, providers, id);
  if (saved === 'other' || (saved !== null && code !== null && saved.provider.code !== code))
    throw new Refused('other-provider');
  return saved;
}

/**
 * The integration that a command is about.
 * @param isFirstToo whether the command may be about the first connection, which variables describe
 * @throws Refused
 */
export async function savedIntegration(parts: RowParts, id: string, isFirstToo = false): Promise<SavedIntegration> {
  const saved = await savedOrNew(parts, id, null, isFirstToo);
  if (saved === null) throw new Refused('not-there');
  return saved;
}

/**
 * A command for administrators alone (R-1617). What is refused is kept among what administrators did, also for want of the role (R-1616).
 * @param options table that it regards, and what it does where its payload tells
 */
export function integrationCommand<Schema extends z.ZodType>(
  parts: Pick<IntegrationCommandParts, 'dataverse' | 'environmentSettings' | 'now'>,
  type: CommandType & keyof typeof actionOf,
  schema: Schema,
  carryOut: (asked: AskedOfIntegration<z.output<Schema>>) => Promise<CommandAnswer | AnswerLater>,
  {
    table = 'crmjira_integration',
    action = () => actionOf[type],
  }: {
    readonly table?: string;
    readonly action?: (payload: z.output<Schema>) => AdminAction;
  } = {},
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
      try {
        return await carryOut({ command, id, payload: payload.data, language });
      } catch (thrown) {
        if (!(thrown instanceof Refused)) throw thrown;
        await audit(parts, { command, action: `refused:${action(payload.data)}`, name: thrown.called });
        return refusalOf(thrown, language);
      }
    },
    type,
    (command) => audit(parts, { command, action: `refused-role:${actionOf[type]}`, name: '' }),
  );
}
