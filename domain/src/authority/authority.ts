import { CommandType } from '../schema/generated/options';
import type { Need } from './needs';

/** What it takes for one kind of wish to be carried out. */
export interface Authority {
  /** What a person does, for `docs/authority.md`. */
  readonly wish: string;
  /** Where the wish stands when the service reads it. */
  readonly place: string;
  /** All of these; the first that does not hold is the reason that the person is told. */
  readonly needs: readonly Need[];
  /** A command that a handler answers in its own row: its job is its own, not that of the record that it regards. */
  readonly isAnsweredInItsRow?: true;
}

const command = (wish: string, ...needs: readonly Need[]): Authority => ({
  wish,
  place: '`crmjira_command`',
  needs,
});

const answered = (wish: string, ...needs: readonly Need[]): Authority => ({
  ...command(wish, ...needs),
  isAnsweredInItsRow: true,
});

/** A type that nothing carries out yet: whoever asks is told so. The capability that brings it makes it `command` or `answered`. */
const planned = (wish: string, ...needs: readonly Need[]): Authority => command(wish, 'available', ...needs);

/** Every command type has its entry: one without does not compile (ADR-16). */
export const COMMAND_AUTHORITY: Readonly<Record<CommandType, Authority>> = {
  [CommandType.CreateProject]: command('Create project', 'write'),
  [CommandType.LinkProject]: command('Link project', 'write', 'linkable-project'),
  [CommandType.SyncNow]: command('Sync now', 'write'),
  [CommandType.CompleteProject]: command('Complete project', 'write', 'approved-budget'),
  [CommandType.Reopen]: command('Reopen', 'write', 'administrator'),
  [CommandType.Retry]: command('Retry', 'write'),
  [CommandType.ResolveDiscrepancy]: command('Resolve discrepancy', 'write'),
  [CommandType.StageMove]: command('Stage move (the record of a refusal)', 'service'),
  [CommandType.FindProjects]: answered('Find projects', 'write'),
  [CommandType.CreateIssue]: answered('Create issue', 'write'),
  [CommandType.LinkIssue]: answered('Link issue', 'write'),
  [CommandType.UnlinkIssue]: answered('Unlink issue', 'write'),
  [CommandType.SetSync]: answered('Set sync', 'write'),
  [CommandType.Undo]: answered('Undo', 'write'),
  [CommandType.ResolveConflict]: answered('Resolve conflict', 'write'),
  [CommandType.FindIssues]: answered('Find issues', 'read'),
  [CommandType.CommentToJira]: answered('Comment to Jira', 'write'),
  [CommandType.CreateTicketsFromErrors]: answered('Create tickets from errors', 'administrator'),
  [CommandType.TestConnection]: answered('Test connection', 'administrator'),
  [CommandType.DiscoverProjects]: answered('Discover projects', 'administrator'),
  [CommandType.BulkAssign]: answered('Bulk assign', 'administrator'),
  [CommandType.SaveIntegration]: answered('Save integration', 'administrator'),
  [CommandType.SetActive]: answered('Set active', 'administrator'),
  [CommandType.DeleteIntegration]: answered('Delete integration', 'administrator'),
  [CommandType.Run]: answered('Run', 'administrator'),
  [CommandType.RotateWebhookSecret]: answered('Rotate webhook secret', 'administrator'),
  [CommandType.TryMapping]: answered('Try mapping', 'administrator'),
  [CommandType.Explain]: answered('Explain', 'read'),
  [CommandType.SaveMyConnection]: answered('Save my connection', 'owner'),
  [CommandType.UseConnection]: answered('Use connection', 'owner'),
  [CommandType.DeleteConnection]: answered('Delete connection', 'owner'),
  [CommandType.SyncTime]: answered('Sync time', 'owner'),
  [CommandType.RemoveWorklog]: answered('Remove worklog', 'owner'),
  [CommandType.Backfill]: answered('Backfill', 'owner'),
  [CommandType.SignInWithAtlassian]: answered('Sign in with Atlassian', 'owner'),
  [CommandType.ConfirmRun]: answered('Confirm run', 'administrator'),
  [CommandType.ReleaseHeldProjects]: planned('Release held projects', 'administrator'),
  [CommandType.TestMyConnection]: answered('Test my connection', 'owner'),
  [CommandType.ReopenProject]: planned('Reopen project', 'administrator'),
  [CommandType.FindJiraSites]: answered('Find Jira sites', 'owner'),
};

/** What people ask for without a command. */
export type OtherWish = 'approval-request' | 'decision' | 'stage-move' | 'finish-process' | 'bind-process' | 'snooze';

const step = (wish: string, ...needs: readonly Need[]): Authority => ({
  wish,
  place: 'synchronous step on `crmjira_opportunitytojiraproject`',
  needs,
});

export const OTHER_AUTHORITY: Readonly<Record<OtherWish, Authority>> = {
  'approval-request': {
    wish: 'Request approval',
    place: '`crmjira_budget_approval`',
    needs: ['open-opportunity', 'write', 'undecided-row', 'amount-above-zero', 'amount-of-row'],
  },
  decision: {
    wish: 'Approve, reject or send back',
    place: '`crmjira_budget_decision`',
    needs: ['other-person', 'approver', 'within-limit'],
  },
  'stage-move': step('Move the process to another stage', 'write', 'stage-conditions'),
  'finish-process': step('Finish, abandon or take up the process again', 'write', 'stage-conditions'),
  'bind-process': step('Bind the process to another opportunity', 'service'),
  snooze: {
    wish: 'Snooze alerts',
    place: '`opportunity`, which Dataverse lets only people with Write change',
    needs: ['write', 'snooze-reason', 'snooze-not-past'],
  },
};
