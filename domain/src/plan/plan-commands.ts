import { wholeSecond } from '../calendar';
import { CommandState, CommandType, ProvisioningState } from '../schema/generated/options';
import type { Action } from './actions';
import { commandResult } from './command-texts';
import type { CommandFacts, CrmFacts, Instant, JiraFacts } from './facts';
import { rootIssueCompletes } from './plan-completion';
import type { Policy } from './policy';
import { update } from './write-rows';

/** What this release carries out; the others are refused in words rather than left waiting. */
const CARRIED_OUT: ReadonlySet<CommandType> = new Set([
  CommandType.CreateProject,
  CommandType.SyncNow,
  CommandType.Retry,
  CommandType.CompleteProject,
  CommandType.Reopen,
]);

function answerCompletion(command: CommandFacts, crm: CrmFacts, jira: JiraFacts, policy: Policy) {
  const completed = crm.mapping?.completedOn != null;
  if (command.type === CommandType.CompleteProject) {
    return completed
      ? { state: CommandState.Done, outcome: 'completed' as const }
      : { state: CommandState.Failed, outcome: 'not-linked' as const };
  }
  if (!completed) return { state: CommandState.Done, outcome: 'reopened' as const };
  if (!command.byAdministrator) return { state: CommandState.Refused, outcome: 'administrator-only' as const };
  return rootIssueCompletes(jira, policy)
    ? { state: CommandState.Refused, outcome: 'root-issue-done' as const }
    : { state: CommandState.Failed, outcome: 'not-linked' as const };
}

function answer(command: CommandFacts, crm: CrmFacts, jira: JiraFacts, policy: Policy) {
  const linked = crm.mapping?.provisioningState === ProvisioningState.Linked;
  if (!CARRIED_OUT.has(command.type)) return { state: CommandState.Refused, outcome: 'not-supported' as const };
  if (!crm.mapping) return { state: CommandState.Refused, outcome: 'not-eligible' as const };
  if (jira.state === 'deleted') return { state: CommandState.Failed, outcome: 'project-deleted' as const };
  if (command.type === CommandType.CompleteProject || command.type === CommandType.Reopen) {
    return answerCompletion(command, crm, jira, policy);
  }
  if (!linked) return { state: CommandState.Failed, outcome: 'not-linked' as const };
  const outcome = command.type === CommandType.CreateProject ? ('project-exists' as const) : ('synced' as const);
  return { state: CommandState.Done, outcome };
}

/** Commands are answered last, when everything else agrees: then "Done" is true (DESIGN decision 2). */
export function planCommands(crm: CrmFacts, jira: JiraFacts, policy: Policy, now: Instant): Action[] {
  if (crm.commands.length === 0) return [];
  const answers = crm.commands.map((command) => ({ command, ...answer(command, crm, jira, policy) }));
  const at = wholeSecond(now);
  const writes = answers.map(({ command, state, outcome }) =>
    update('crmjira_command', command.id, {
      crmjira_command_state: state,
      crmjira_result: commandResult(outcome, crm, policy, command.language),
      crmjira_finished_on: at,
    }),
  );
  const { mapping } = crm;
  if (mapping && answers.some(({ outcome }) => outcome === 'synced')) {
    // Unchanged figures were confirmed just now: that is what "last sync" tells the person who asked.
    writes.push(update('crmjira_budget_mapping', mapping.id, { crmjira_last_sync_date: at }, mapping.version));
  }
  return [{ kind: 'dataverse.change-set', because: 'commands were carried out', writes }];
}
