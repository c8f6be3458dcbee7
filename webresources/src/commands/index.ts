import { CommandType, commandTypeLabels } from '@crmjira/domain';
import { userLanguage } from '../opportunity-form/words';
import { withNotice } from './command-notice';
import { type CommandName, isEnabled, isRetryable } from './command-rules';
import { commandFacts, recordId } from './record';
import { approveNewest, createApproval, createCommand, readAttempt, readMapping } from './requests';
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
    const commandId = await createCommand(formContext, type, commandTypeLabels[type][userLanguage()]);
    return { key: 'sent', commandId };
  });
}

/** Without seeing whether there is a project nobody asks for one; said where a bar is older than the person's rights. */
const needsKey: readonly CommandType[] = [CommandType.CreateProject, CommandType.Retry];

/** In the tenant. */
const LINK_PAGE = 'crmjira_/pages/link-project.html';

async function isConfirmed(key: 'confirmApproval' | 'confirmCompletion'): Promise<boolean> {
  const { confirmed } = await Xrm.Navigation.openConfirmDialog({ text: words(key) });
  return confirmed;
}

export const createProject = (form: Xrm.FormContext): Promise<void> => ask(form, CommandType.CreateProject);
export const syncNow = (form: Xrm.FormContext): Promise<void> => ask(form, CommandType.SyncNow);
export const retry = (form: Xrm.FormContext): Promise<void> => ask(form, CommandType.Retry);

export async function completeProject(form: Xrm.FormContext): Promise<void> {
  if (await isConfirmed('confirmCompletion')) await ask(form, CommandType.CompleteProject);
}

/** The project is chosen in a dialog, which asks for the link and says what came of it; then the form shows it. */
export function linkProject(form: Xrm.FormContext): Promise<void> {
  return withNotice(form, async () => {
    const { data, ui } = form;
    if (!commandFacts(form).isKeyReadable) return { key: 'keyHidden' };
    if (data.entity.getIsDirty()) return { key: 'unsaved' };
    await Xrm.Navigation.navigateTo(
      { pageType: 'webresource', webresourceName: LINK_PAGE, data: `id=${recordId(form)}` },
      { target: 2, position: 1, width: { value: 600, unit: 'px' }, height: { value: 560, unit: 'px' } },
    );
    await data.refresh(false);
    ui.refreshRibbon();
    return null;
  });
}

export function requestApproval(form: Xrm.FormContext): Promise<void> {
  return withNotice(form, async () => {
    if (form.data.entity.getIsDirty()) return { key: 'unsaved' };
    const amount = ['crmjira_project_budget', 'budgetamount']
      .map((column) => form.getAttribute<Xrm.Attributes.NumberAttribute>(column)?.getValue() ?? null)
      .find((value) => value !== null);
    if (amount === undefined || amount === null) return { key: 'noAmount' };
    await createApproval(form, amount);
    return { key: 'approvalSent' };
  });
}

export function approveBudget(form: Xrm.FormContext): Promise<void> {
  return withNotice(form, async () => {
    if (!(await isConfirmed('confirmApproval'))) return null;
    return { key: (await approveNewest(form)) ? 'approved' : 'noRequest' };
  });
}

export function openInJira(form: Xrm.FormContext): Promise<void> {
  return withNotice(form, async () => {
    const url = (await readMapping(form))?.url;
    // Kept by the service; still only a web address may be opened.
    if (!url || !/^https?:\/\//.test(url)) return { key: 'noProject' };
    Xrm.Navigation.openUrl(url);
    return null;
  });
}

export function openFinalReport(form: Xrm.FormContext): Promise<void> {
  return withNotice(form, async () => {
    const entityId = (await readMapping(form))?.reportId;
    if (!entityId) return { key: 'noReport' };
    await Xrm.Navigation.openForm({ entityName: 'crmjira_final_report', entityId });
    return null;
  });
}

const can =
  (command: CommandName) =>
  (form: Xrm.FormContext): boolean =>
    isEnabled(command, commandFacts(form));

export const canCreateProject = can('createProject');
export const canLinkProject = can('linkProject');
export const canSyncNow = can('syncNow');
/**
 * Only while there is something to try again. The form does not have it, so the rule promises its answer, as Microsoft asks for of
 * rules that read ("formContext.ui.refreshRibbon", Guidance); what cannot be read is not offered.
 */
export function canRetry(form: Xrm.FormContext): boolean | Promise<boolean> {
  if (!isEnabled('retry', commandFacts(form))) return false;
  return readAttempt(form).then(isRetryable, (error: unknown) => {
    console.error('Whether there is something to retry could not be read.', error);
    return false;
  });
}
export const canRequestApproval = can('requestApproval');
export const canApproveBudget = can('approveBudget');
export const canCompleteProject = can('completeProject');
export const canOpenInJira = can('openInJira');
export const canOpenFinalReport = can('openFinalReport');
