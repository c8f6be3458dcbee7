import type { CommandHandler } from '../../../reconciler/commands';
import {
  resolveConflictCommand,
  retryCommand,
  setSyncCommand,
  syncNowCommand,
  undoCommand,
  unlinkCommand,
} from './change-link';
import { commentCommand } from './comment-to-jira';
import { createIssueCommand } from './create-issue';
import { findIssuesCommand } from './find-issues';
import type { IssueCommandParts } from './issue-command';
import { linkIssueCommand } from './link-issue';
import { undoConflictCommand } from './undo-conflict';

/** What people ask for about the issues of a record (R-1705 to R-1707). */
export const issueCommands = (parts: IssueCommandParts): readonly CommandHandler[] =>
  [
    findIssuesCommand,
    createIssueCommand,
    linkIssueCommand,
    unlinkCommand,
    setSyncCommand,
    undoCommand,
    undoConflictCommand,
    resolveConflictCommand,
    commentCommand,
    syncNowCommand,
    retryCommand,
  ].map((command) => command(parts));
