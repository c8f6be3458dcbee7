import type { Action } from '@crmjira/domain';
import type { BudgetSource } from '../source/budget-source';
import { applyChangeSet } from '../../../reconciler/actions/apply-change-set';
import type { LogContext } from '../../../reconciler/log-context';
import { finishProcess, reactivateProcess } from '../apply/end-process';
import { moveStage } from '../apply/move-stage';
import { sendEmail } from '../apply/send-email';
import { winOpportunity } from '../apply/win-opportunity';
import type { DataverseClient } from '../../../clients/dataverse/dataverse-client';
import { restoreProject } from '../../../clients/jira/archive-project';
import { createProject, type ProjectSettings } from '../../../clients/jira/create-project';
import type { JiraSite } from '../../../clients/jira/jira-site';
import { withMetadata } from '../../../clients/jira/metadata-cache';
import { writeOwnership } from '../../../clients/jira/ownership';
import type { FieldIds } from '../../../clients/jira/resolve-fields';
import { createRootIssue } from '../../../clients/jira/root-issue';
import { applyArchiving } from './apply-archiving';
import { applyRootIssue } from './apply-root-issue';
import { applyTeam } from './apply-team';

/** Everything an action may need to be carried out. */
export interface ApplyContext {
  readonly dataverse: DataverseClient;
  readonly site: JiraSite;
  readonly source: BudgetSource;
  readonly fields: () => Promise<FieldIds>;
  readonly projectSettings: ProjectSettings;
  readonly log: LogContext;
  readonly now: string;
}

/** Carries out one action. Each is idempotent: a repeat after a crash finds the first effect. */
export async function applyAction(action: Action, context: ApplyContext): Promise<void> {
  const { dataverse, site, source } = context;
  switch (action.kind) {
    case 'dataverse.change-set':
      return applyChangeSet(dataverse, action.writes, context.log);
    case 'dataverse.send-email':
      return sendEmail(dataverse, action, context.now);
    case 'dataverse.move-stage':
      return moveStage(dataverse, action);
    case 'dataverse.win-opportunity':
      return winOpportunity(dataverse, action);
    case 'dataverse.finish-process':
      return finishProcess(dataverse, action.instanceId);
    case 'dataverse.reactivate-process':
      return reactivateProcess(dataverse, action.instanceId);
    case 'jira.archive-project':
      return applyArchiving(dataverse, site, action, context.log);
    case 'jira.restore-project':
      return restoreProject(site, action.projectId);
    case 'jira.assign-team':
      return applyTeam(dataverse, site, action);
    case 'jira.create-project':
      return withMetadata(site.metadata, () => createProject(site, action, context.projectSettings));
    case 'jira.set-ownership':
      return writeOwnership(site, action.projectId, action.ownership);
    case 'jira.create-root-issue':
      return withMetadata(site.metadata, async () => createRootIssue(site, action, await context.fields()));
    case 'jira.update-root-issue':
      return withMetadata(site.metadata, async () =>
        applyRootIssue(dataverse, site, action, await context.fields(), { ...context.log, now: context.now }),
      );
    case 'budget.create':
      return source.create(action);
    case 'budget.set-amount':
      return source.setAmount(action);
  }
}
