import type { DataverseClient } from '../../clients/dataverse/dataverse-client';
import type { Limits } from '../../connections/environment/limits';
import type { EnvironmentSettings } from '../../connections/environment/environment-settings';
import type { JiraConnections } from '../../connections/jira/jira-connections';
import type { SentryConnections } from '../../connections/sentry/sentry-connections';
import type { Capability } from '../../reconciler/capability';
import { issueCommands } from './commands';
import { commentHandlers } from './comments/comment-handlers';
import { bulkAssignCommand, undoAssignCommand } from './discovery/bulk-assign';
import { discoverCommand } from './discovery/discover-command';
import { issueLinkModule } from './link/issue-link-module';
import { linkResolvers } from './link/resolvers';
import { syncCommand } from './mirror/sync-command';
import { mirrorIssueHandler } from './mirror/mirror-issue';
import { issuePolicies } from './policy/issue-policy';
import { caseModule } from './resolution/case-module';
import { createTicketsCommand } from './errors/create-tickets';
import { errorJob } from './errors/error-job';
import { errorOfLink } from './errors/error-link';
import { followTickets } from './errors/follow-tickets';
import { issueTriggers } from './triggers';

/** What the capability needs of the running service. */
export interface IssueParts {
  readonly dataverse: DataverseClient;
  readonly environmentSettings: EnvironmentSettings;
  readonly jira: JiraConnections;
  readonly sentry: SentryConnections;
  readonly limits: () => Limits;
  readonly now: () => Date;
}

/** Jira issues on cases, opportunities, accounts and products. */
export const issues: Capability<IssueParts> = {
  name: 'issues',
  triggers: issueTriggers,
  open: (parts) => {
    const policyOf = issuePolicies(parts);
    return {
      modules: [issueLinkModule({ ...parts, policyOf }), caseModule({ ...parts, policyOf })],
      handlers: [
        ...linkResolvers(parts),
        ...commentHandlers(parts),
        mirrorIssueHandler(parts),
        errorJob({ ...parts, policyOf }),
        errorOfLink(parts),
        followTickets(parts),
      ],
      commands: [
        ...issueCommands({ ...parts, policyOf }),
        discoverCommand(parts),
        bulkAssignCommand(parts),
        undoAssignCommand(parts),
        syncCommand(parts),
        createTicketsCommand(parts),
      ],
    };
  },
};
