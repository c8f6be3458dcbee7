import { CommandType, amountToAsk, moneyText } from '@crmjira/domain';
import { type Drafts, collectDrafts, isForbidden, isTaken, linkDialog, reportPage, safeUrl } from '@crmjira/form-data';
import { leadToColumn } from '../opportunity-form/lead-to-column';
import { readRecordFacts, readThreshold } from '../opportunity-form/read-record-facts';
import { userLanguage } from '../opportunity-form/words';
import { answered } from './bar';
import { withNotice } from './command-notice';
import { openIssueDialog } from './issues/dialog';
import { type LinkedIssue, readLinkedIssues } from './issues/read-links';
import { type CommandFacts, type CommandName, isEnabled, isRetryable, isToBeCreated } from './command-rules';
import { decisionOutcome } from './decision-outcome';
import { commandFacts, recordId } from './record';
import { approve, createApproval, newestRequest, readAttempt, readBudget, readMapping } from './requests';
import { askForSync, opportunity, sendCommand } from './send-command';
import { words } from './words';

/**
 * Commands of the Opportunity. `Entities/Opportunity/RibbonDiff.xml` binds each button to the function of its name and its
 * enabling to `can…`; both get the form as `PrimaryControl`.
 */

/** The service reads what is saved: what stands only on the form would surprise whoever pressed the button. */
function ask(formContext: Xrm.FormContext, type: CommandType): Promise<void> {
  return withNotice(formContext, async () => {
    if (needsKey.includes(type) && !commandFacts(formContext).isKeyReadable) return { key: 'keyHidden' };
    if (formContext.data.entity.getIsDirty()) return { key: 'unsaved' };
    const commandId = await sendCommand(opportunity(recordId(formContext)), type, userLanguage());
    return { key: 'sent', commandId };
  });
}

/** Without seeing whether there is a project nobody asks for one; said where a bar is older than the person's rights. */
const needsKey: readonly CommandType[] = [CommandType.CreateProject, CommandType.Retry];

async function isConfirmed(text: string): Promise<boolean> {
  const { confirmed } = await Xrm.Navigation.openConfirmDialog({ text });
  return confirmed;
}

export const createProject = (form: Xrm.FormContext): Promise<void> => ask(form, CommandType.CreateProject);
/** The project with its budget, and the issues that are linked to the opportunity itself. */
export function syncNow(form: Xrm.FormContext): Promise<void> {
  return withNotice(form, async () => {
    if (form.data.entity.getIsDirty()) return { key: 'unsaved' };
    const issues = await linkedIssues(form);
    const ofIssues = issues.length === 0 ? null : await askForSync(opportunity(recordId(form)), userLanguage());
    if (ofIssues !== null && !isEnabled('syncNow', commandFacts(form))) return { key: 'sent', commandId: ofIssues };
    return {
      key: 'sent',
      commandId: await sendCommand(opportunity(recordId(form)), CommandType.SyncNow, userLanguage()),
    };
  });
}

/** None for whoever may not read links. */
async function linkedIssues(form: Xrm.FormContext): Promise<readonly LinkedIssue[]> {
  try {
    return await readLinkedIssues('opportunity', recordId(form));
  } catch (error) {
    if (isForbidden(error)) return [];
    throw error;
  }
}

export const retry = (form: Xrm.FormContext): Promise<void> => ask(form, CommandType.Retry);

export async function completeProject(form: Xrm.FormContext): Promise<void> {
  if (await isConfirmed(words('confirmCompletion'))) await ask(form, CommandType.CompleteProject);
}

/** The one way back from Completed, for administrators of the integration: the ribbon shows it to them only. */
export async function reopenProject(form: Xrm.FormContext): Promise<void> {
  if (await isConfirmed(words('confirmReopening'))) await ask(form, CommandType.Reopen);
}

/** The project is chosen in a dialog, which asks for the link and says what came of it; then the form shows it. */
export function linkProject(form: Xrm.FormContext): Promise<void> {
  return withNotice(form, async () => {
    const { data, ui } = form;
    if (!commandFacts(form).isKeyReadable) return { key: 'keyHidden' };
    if (data.entity.getIsDirty()) return { key: 'unsaved' };
    await Xrm.Navigation.navigateTo(...linkDialog(recordId(form)));
    await data.refresh(false);
    ui.refreshRibbon();
    return null;
  });
}

/** @param act with what was typed on the cards of this record (F-103) */
async function withDrafts<T>(form: Xrm.FormContext, act: (drafts: Drafts) => Promise<T>): Promise<T> {
  const drafts = collectDrafts({ table: 'opportunity', id: recordId(form) });
  try {
    return await act(drafts);
  } finally {
    drafts.end();
  }
}

export function requestApproval(form: Xrm.FormContext): Promise<void> {
  return withNotice(form, () =>
    withDrafts(form, async (drafts) => {
      if (form.data.entity.getIsDirty()) return { key: 'unsaved' };
      const budget = await readBudget(form);
      const amount = amountToAsk(budget, budget.approved);
      if (amount === null) {
        leadToColumn(form, 'budgetamount');
        return { key: budget.projectBudget === null && budget.budgetAmount === null ? 'noAmount' : 'amountApproved' };
      }
      const name = moneyText(amount, userLanguage());
      const requestId = await createApproval(form, amount, name, budget, drafts.commentFor(''));
      return { key: 'approvalSent', requestId };
    }),
  );
}

export function approveBudget(form: Xrm.FormContext): Promise<void> {
  return withNotice(form, () =>
    withDrafts(form, async (drafts) => {
      const request = await newestRequest(form);
      if (request === null) return { key: 'noRequest' };
      // It would have no effect and use the request up: a request has one decision.
      if (request.isOwn) return { key: 'ownRequest' };
      const { amount } = request;
      const comment = drafts.commentFor(request.id.toLowerCase());
      const question = amount === null ? words('confirmUnseen') : words('confirmApproval', { amount });
      if (!(await isConfirmed(comment ? `${question} ${words('withComment', { comment })}` : question))) return null;
      // Much may happen while a question is open.
      if ((await newestRequest(form))?.id !== request.id) return { key: 'requestExpired' };
      try {
        const decisionId = await approve(request, comment);
        const approved = amount === null ? words('decidedUnseen') : words('decided', { amount });
        return { key: 'decisionSent', outcome: decisionOutcome(request.id, decisionId, approved) };
      } catch (error) {
        if (isTaken(error)) return { key: 'taken' };
        throw error;
      }
    }),
  );
}

/** The project, or an issue that is linked to the opportunity itself: of several one is chosen in a dialog. */
export function openInJira(form: Xrm.FormContext): Promise<void> {
  return withNotice(form, async () => {
    const [mapping, issues] = await Promise.all([readMapping(form), linkedIssues(form)]);
    // Kept by the service; still only a web address may be opened.
    const urls = [mapping?.url ?? null, ...issues.map(({ url }) => url)].flatMap((url) => safeUrl(url) ?? []);
    const [only] = urls;
    if (only === undefined) return { key: 'noProject' };
    if (urls.length === 1) Xrm.Navigation.openUrl(only);
    else await openIssueDialog('open', { table: 'opportunity', ids: [recordId(form)] });
    return null;
  });
}

export function openFinalReport(form: Xrm.FormContext): Promise<void> {
  return withNotice(form, async () => {
    const entityId = (await readMapping(form))?.reportId;
    if (!entityId) return { key: 'noReport' };
    await Xrm.Navigation.navigateTo(reportPage(entityId));
    return null;
  });
}

const can =
  (command: CommandName) =>
  (form: Xrm.FormContext): boolean =>
    isEnabled(command, commandFacts(form));

/**
 * Only for an amount that gets a project, or one whose creation has begun. Threshold and currency are not on the form, so the rule
 * promises its answer, as Microsoft asks for of rules that read ("formContext.ui.refreshRibbon", Guidance); what cannot be read is
 * not offered.
 */
export function canCreateProject(form: Xrm.FormContext): boolean | Promise<boolean> {
  const facts = commandFacts(form);
  if (!isEnabled('createProject', facts)) return false;
  return answered(
    Promise.all([readThreshold(), readRecordFacts(recordId(form))]).then(
      ([threshold, { currency, provisioningState }]) =>
        isToBeCreated({ amount: facts.budgetAmount, currency, threshold, provisioning: provisioningState }),
    ),
  );
}

export const canLinkProject = can('linkProject');
/** Only while there is something to try again. */
export function canRetry(form: Xrm.FormContext): boolean | Promise<boolean> {
  return isEnabled('retry', commandFacts(form)) && answered(readAttempt(form).then(isRetryable));
}
/** Only for an amount that is not approved already: before the first approval any, afterwards one that was changed. */
export function canRequestApproval(form: Xrm.FormContext): boolean | Promise<boolean> {
  const may = isEnabled('requestApproval', commandFacts(form));
  return may && answered(readBudget(form).then((budget) => amountToAsk(budget, budget.approved) !== null));
}
/** Only while somebody else’s request waits. */
export function canApproveBudget(form: Xrm.FormContext): boolean | Promise<boolean> {
  const waits = isEnabled('approveBudget', commandFacts(form));
  return waits && answered(newestRequest(form).then((request) => request !== null && !request.isOwn));
}
export const canCompleteProject = can('completeProject');
export const canReopenProject = can('reopenProject');
/** Links are not on the form: without a project they are asked for. */
const orHasIssues =
  (command: CommandName, may: (facts: CommandFacts) => boolean, fits: (issue: LinkedIssue) => boolean) =>
  (form: Xrm.FormContext): boolean | Promise<boolean> => {
    const facts = commandFacts(form);
    if (isEnabled(command, facts)) return true;
    return may(facts) && answered(linkedIssues(form).then((issues) => issues.some(fits)));
  };
export const canSyncNow = orHasIssues(
  'syncNow',
  ({ isSaved, mayWrite }) => isSaved && mayWrite,
  () => true,
);
export const canOpenInJira = orHasIssues(
  'openInJira',
  ({ isSaved }) => isSaved,
  ({ url }) => url !== null,
);
export const canOpenFinalReport = can('openFinalReport');
