import { CommandState, CommandType, sitesFoundText } from '@crmjira/domain';
import { z } from 'zod';
import type { CommandHandler } from '../../../reconciler/commands';
import { connectionCommand, type ConnectionCommandParts } from './connection-command';

/** A Jira that a person may connect to. */
interface OfferedSite {
  readonly integration: string;
  readonly name: string;
  readonly url: string;
  readonly deployment: 'cloud' | 'dc';
}

/**
 * Answers the command "Find Jira sites" of a connection that may not exist yet. People may not read the integrations themselves: their
 * rows tell of accounts, secrets and health.
 */
export const findSitesCommand = (parts: ConnectionCommandParts): CommandHandler =>
  connectionCommand(parts, {
    type: CommandType.FindJiraSites,
    payload: z.unknown(),
    carryOut: async ({ language }) => {
      const sites = (await parts.personal.sites()).map(({ id, name, site }): OfferedSite => ({
        integration: id,
        name,
        url: site.url,
        deployment: site.profile.deployment,
      }));
      return { state: CommandState.Done, result: sitesFoundText(sites.length, language), answer: { sites } };
    },
  });
