import type { CommandHandler } from '../../../reconciler/commands';
import type { ConnectionCommandParts } from './connection-command';
import { findIssuesCommand } from './find-issues';
import { findSitesCommand } from './find-sites';
import { saveConnectionCommand } from './save-connection';
import { signInCommand } from './sign-in-with-atlassian';
import { testMyConnectionCommand } from './test-my-connection';
import { deleteConnectionCommand, useConnectionCommand } from './use-connection';

/** What people ask for about their own connections to Jira, and by them (R-1801 to R-1804). */
export const connectionCommands = (parts: ConnectionCommandParts): readonly CommandHandler[] =>
  [
    saveConnectionCommand,
    useConnectionCommand,
    deleteConnectionCommand,
    testMyConnectionCommand,
    signInCommand,
    findIssuesCommand,
    findSitesCommand,
  ].map((command) => command(parts));
