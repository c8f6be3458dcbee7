import {
  COMMAND_AUTHORITY,
  CommandState,
  type CommandType,
  type ConnectionProblem,
  connectionProblemText,
  type Language,
  nameOfCommand,
  noRecordText,
  payloadRefusedText,
  refusalLog,
  refusalText,
  unmetNeed,
} from '@crmjira/domain';
import { z } from 'zod';
import type { DataverseClient } from '../../../clients/dataverse/dataverse-client';
import type { EnvironmentSettings } from '../../../connections/environment/environment-settings';
import { type PersonalRow, personOf, readPersonalRow } from '../../../connections/personal/personal-rows';
import type { PersonalClients } from '../../../connections/personal';
import type { Keyring } from '../../../platform/secrets/service-keys';
import type { Store } from '../../../queue/store/store';
import { applyChangeSet } from '../../../reconciler/actions/apply-change-set';
import type { CommandAnswer, CommandHandler, GivenCommand } from '../../../reconciler/commands';

/** What commands about a person's connections work with. */
export interface ConnectionCommandParts {
  readonly dataverse: DataverseClient;
  readonly environmentSettings: Pick<EnvironmentSettings, 'languageOf' | 'whoAmI'>;
  readonly personal: PersonalClients;
  readonly keyring: Keyring;
  /** Where a browser begins to sign in with Atlassian; null: not offered */
  readonly signInUrl: ((ticket: string) => string) | null;
  /** Remembers which sealed secrets have been read. */
  readonly store: Pick<Store, 'receive'>;
  readonly now: () => Date;
}

/** A command about a connection of whoever gives it. */
export interface AskedOfConnection<Payload> {
  readonly command: GivenCommand;
  readonly id: string;
  /** null: there is none yet, or none any more */
  readonly row: PersonalRow | null;
  readonly payload: Payload;
  readonly language: Language;
  readonly organizationId: string;
}

interface ConnectionCommand<Schema extends z.ZodType> {
  readonly type: CommandType;
  readonly payload: Schema;
  /** The connection of a command that regards none; left out: there must be one. */
  readonly idOf?: (command: GivenCommand) => string;
  readonly carryOut: (asked: AskedOfConnection<z.output<Schema>>) => Promise<CommandAnswer>;
}

export const table = 'crmjira_jira_connection';

export const refused = (result: string): CommandAnswer => ({ state: CommandState.Refused, result });

/** What a page gets beside the sentence. */
export interface ConnectionAnswer {
  readonly connection?: string;
  readonly ok: boolean;
  readonly reason: ConnectionProblem | null;
  readonly displayName: string | null;
  readonly ms: number | null;
  /** in how many the person may log work; null: the site does not count */
  readonly projects?: number | null;
}

/** That something is wrong with a connection, as a fact and in words. */
export function problemAnswer(
  reason: ConnectionProblem,
  named: { readonly host: string; readonly email: string | null },
  saves: boolean,
  language: Language,
  more: Partial<ConnectionAnswer> = {},
): CommandAnswer {
  const answer: ConnectionAnswer = { ok: false, displayName: null, ms: null, ...more, reason };
  return { state: CommandState.Failed, result: connectionProblemText(reason, named, saves, language), answer };
}

/** Host of an address, as people know it; empty where it is none. */
export const hostIn = (url: string | null): string => URL.parse(url ?? '')?.host ?? '';

/**
 * Whether a connection is somebody's own, or theirs to make where there is none yet. The service has none: it is nobody in Jira but
 * itself. Pure.
 */
export const ownsConnection = (row: PersonalRow | null, userId: string, serviceId: string): boolean =>
  row === null ? userId !== serviceId.toLowerCase() : personOf(row) === userId;

/**
 * A handler that asks first whose connection it is: it is the row's person and owner who may give the command, and where there is no
 * row yet, whoever makes it.
 */
export function connectionCommand<Schema extends z.ZodType>(
  { dataverse, environmentSettings }: ConnectionCommandParts,
  { type, payload: schema, idOf, carryOut }: ConnectionCommand<Schema>,
): CommandHandler {
  const { needs } = COMMAND_AUTHORITY[type];
  return {
    type,
    takes: ({ regarding }) => regarding === null || regarding.table === table,
    answer: async (command) => {
      const { regarding, requestedById, correlationId } = command;
      const [{ organizationId, userId }, language] = await Promise.all([
        environmentSettings.whoAmI(),
        environmentSettings.languageOf(requestedById),
      ]);
      const id = z
        .guid()
        .safeParse(regarding?.id ?? idOf?.(command))
        .data?.toLowerCase();
      if (id === undefined) return { state: CommandState.Failed, result: noRecordText(language) };
      const row = await readPersonalRow(dataverse.batched, id);
      const owner = ownsConnection(row, requestedById, userId);
      const need = unmetNeed(needs, { owner });
      if (need !== null) {
        const log = refusalLog(
          command.id,
          { wish: nameOfCommand(type), need, by: requestedById },
          { opportunityId: id, mapping: null },
        );
        await applyChangeSet(dataverse, [log], { correlationId, durationMs: 0, regarding: { table, id } });
        return refused(refusalText(need, language));
      }
      const payload = schema.safeParse(command.payload);
      if (!payload.success) return refused(payloadRefusedText(language));
      return carryOut({ command, id, row, payload: payload.data, language, organizationId });
    },
  };
}
