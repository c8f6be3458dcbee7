import { CommandState, CommandType, sitesFoundText, tables } from '@crmjira/domain';
import { z } from 'zod';
import { guid, optionalFlag } from '../../../clients/dataverse/columns';
import type { CommandHandler } from '../../../reconciler/commands';
import type { DataverseClient } from '../../../clients/dataverse/dataverse-client';
import { connectionCommand, type ConnectionCommandParts } from './connection-command';

/** A Jira that a person may connect to. */
interface OfferedSite {
  readonly integration: string;
  readonly name: string;
  readonly url: string;
  readonly deployment: 'cloud' | 'dc';
  /** Whether people may sign in to it with Atlassian (R-1822). */
  readonly oauth: boolean;
}

const signInRow = z.object({ crmjira_integrationid: guid, crmjira_oauth_available: optionalFlag });

async function sitesWithSignIn(dataverse: DataverseClient): Promise<ReadonlySet<string>> {
  const rows = await dataverse.batched.many(
    tables.crmjira_integration.entitySet,
    { select: Object.keys(signInRow.shape), filter: 'crmjira_oauth_available eq true' },
    signInRow,
  );
  return new Set(rows.map((row) => row.crmjira_integrationid));
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
      const [known, withSignIn] = await Promise.all([parts.personal.sites(), sitesWithSignIn(parts.dataverse)]);
      const sites = known.map(({ id, name, site }): OfferedSite => ({
        integration: id,
        name,
        url: site.url,
        deployment: site.profile.deployment,
        oauth: withSignIn.has(id),
      }));
      return { state: CommandState.Done, result: sitesFoundText(sites.length, language), answer: { sites } };
    },
  });
