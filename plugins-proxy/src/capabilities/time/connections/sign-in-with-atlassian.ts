import { CommandState, CommandType, derivedId, openingAtlassianText } from '@crmjira/domain';
import { z } from 'zod';
import { startTickets } from '../../../connections/personal/oauth/sealed-ticket';
import type { CommandHandler } from '../../../reconciler/commands';
import { connectionCommand, type ConnectionCommandParts, hostIn, problemAnswer } from './connection-command';

const named = z.object({ connection: z.guid() });
const payload = z.object({
  connection: z.guid().nullish(),
  integration: z.guid(),
  inbound: z.boolean().nullish(),
});

/**
 * Answers the command "Sign in with Atlassian" with the address that a new window opens (R-1802, R-1822). Without a connection it is to
 * make one, under an id that follows from the command's.
 */
export const signInCommand = (parts: ConnectionCommandParts): CommandHandler =>
  connectionCommand(parts, {
    type: CommandType.SignInWithAtlassian,
    payload,
    idOf: (command) =>
      named.safeParse(command.payload).data?.connection ?? derivedId('sign-in with Atlassian', command.id),
    carryOut: async ({ id, row, language, command, payload: { integration, inbound } }) => {
      const site = await parts.personal.siteOf(integration);
      const host = hostIn(site?.site.url ?? null);
      const problem = (reason: Parameters<typeof problemAnswer>[0]) =>
        problemAnswer(reason, { host, email: null }, row === null, language, { connection: id });
      if (site === null) return problem('integration-off');
      if (parts.signInUrl === null || site.site.profile.deployment !== 'cloud') return problem('sign-in-not-offered');
      const ticket = startTickets(parts.keyring, parts.now).make({
        userId: command.requestedById,
        connectionId: id,
        integrationId: site.id,
        inbound: inbound ?? null,
        language,
      });
      return {
        state: CommandState.Done,
        result: openingAtlassianText(language),
        answer: { url: parts.signInUrl(ticket), connection: id },
      };
    },
  });
