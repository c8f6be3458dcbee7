import { CommandType, commandTypeLabels } from '@crmjira/domain';
import { formatDuration, plainId, worklogAddress } from '@crmjira/form-data';
import { userLanguage } from '../../opportunity-form/words';
import { askAndTell } from '../ask-and-tell';
import { type Bar, answered, inWords, isForm, showAgain } from '../bar';
import { type Said, withNotice } from '../command-notice';
import { ownConnection } from '../own-connection';
import { recordId } from '../record';
import { sendCommand } from '../send-command';
import { words } from '../words';
import { type TimeFacts, isInJira, isRunning, isSendable, timeFacts } from './time-rules';

/**
 * Commands of time records: `Entities/crmjira_time_record/RibbonDiff.xml` binds each button to the function of its name and its enabling
 * to `can…`. On the form they get the form, in the list the list and the ids of the rows that are selected.
 */
const table = 'crmjira_time_record';

/** Opens a record that begins now; it runs from when it is saved until the clock is stopped. */
export function startClock(): Promise<void> {
  return inWords(async () => {
    await Xrm.Navigation.openForm({ entityName: table }, { crmjira_time_in: new Date().toISOString() });
  });
}

/** The end is now, to the second (R-1825). */
export function stopClock(form: Xrm.FormContext): Promise<void> {
  return withNotice(form, async () => {
    const now = new Date();
    now.setMilliseconds(0);
    form.getAttribute<Xrm.Attributes.DateAttribute>('crmjira_time_out')?.setValue(now);
    await form.data.save();
    form.ui.refreshRibbon();
    return null;
  });
}

const asked = async (form: Xrm.FormContext, type: CommandType): Promise<Said> => ({
  key: 'sent',
  commandId: await sendCommand({ table, id: recordId(form) }, type, userLanguage()),
});

/** The service reads what is saved. */
export function syncTime(form: Xrm.FormContext): Promise<void> {
  return withNotice(form, async () =>
    form.data.entity.getIsDirty() ? { key: 'unsaved' } : asked(form, CommandType.SyncTime),
  );
}

/** All that are selected by one command, which counts what succeeded (R-1807). */
export function syncSelected(list: Xrm.Controls.GridControl, ids: readonly string[]): Promise<void> {
  return inWords(async () => {
    const [id = '', ...others] = ids.map(plainId);
    const type = CommandType.SyncTime;
    const payload = { records: [id, ...others] };
    await askAndTell(list, { regarding: { table, id }, type, name: commandTypeLabels[type][userLanguage()], payload });
  });
}

export function removeWorklog(form: Xrm.FormContext): Promise<void> {
  return withNotice(form, async () => {
    const { worklogId, issueKey, jiraSeconds } = timeFacts(form);
    const places = { id: worklogId ?? '', d: formatDuration(jiraSeconds ?? 0), k: issueKey ?? '' };
    const { confirmed } = await Xrm.Navigation.openConfirmDialog({
      title: words('confirmRemoval'),
      text: words('removalText', places),
      confirmButtonLabel: words('removeFromJira'),
      cancelButtonLabel: words('keepIt'),
    });
    return confirmed ? asked(form, CommandType.RemoveWorklog) : null;
  });
}

/** In place of the platform's own: the dialog asks whether the worklog in Jira goes along (R-1827). */
export function deleteTime(form: Xrm.FormContext): Promise<void> {
  return withNotice(form, async () => {
    const id = recordId(form);
    await askDeletion(id);
    const { entities } = await Xrm.WebApi.retrieveMultipleRecords(
      table,
      `?$select=${table}id&$filter=${table}id eq ${id}`,
    );
    if (entities.length === 0) form.ui.close();
    else await showAgain(form);
    return null;
  });
}

/** The same in the list, of all rows that are selected. */
export function deleteSelected(list: Xrm.Controls.GridControl, ids: readonly string[]): Promise<void> {
  return inWords(async () => {
    const [id = '', ...others] = ids.map(plainId);
    await (others.length === 0 ? askDeletion(id) : openDeletion(`ids=${[id, ...others].join()}`, 420));
    await showAgain(list);
  });
}

const askDeletion = (id: string): PromiseLike<unknown> => openDeletion(`id=${id}`, 300);

const openDeletion = (data: string, height: number): PromiseLike<unknown> =>
  Xrm.Navigation.navigateTo(
    { pageType: 'webresource', webresourceName: 'crmjira_/pages/delete-time.html', data },
    { target: 2, position: 1, width: { value: 480, unit: 'px' }, height: { value: height, unit: 'px' } },
  );

const addressOf = async (facts: TimeFacts): Promise<string | null> =>
  isInJira(facts) ? worklogAddress(facts, await ownConnection()) : null;

export function openWorklog(form: Xrm.FormContext): Promise<void> {
  return withNotice(form, async () => {
    const address = await addressOf(timeFacts(form));
    if (address === null) return { key: 'noWorklog' };
    Xrm.Navigation.openUrl(address);
    return null;
  });
}

const page =
  (name: 'sync-history' | 'backfill') =>
  (bar: Bar): Promise<void> =>
    inWords(async () => {
      await Xrm.Navigation.navigateTo({
        pageType: 'webresource',
        webresourceName: `crmjira_/pages/${name}.html`,
        // Of a record that is open, its own.
        ...(isForm(bar) ? { data: `id=${recordId(bar)}` } : {}),
      });
    });

export const openHistory = page('sync-history');
export const linkEarlierTime = page('backfill');

export const canStopClock = (form: Xrm.FormContext): boolean => isRunning(timeFacts(form));

/** Not without a connection (R-1809): the control beside says so, and leads to the set-up. */
export const canSyncTime = (form: Xrm.FormContext): boolean | Promise<boolean> =>
  isSendable(timeFacts(form)) && answered(ownConnection().then((connection) => connection !== null));

export const canRemoveWorklog = (form: Xrm.FormContext): boolean => isInJira(timeFacts(form));

export const canOpenWorklog = (form: Xrm.FormContext): Promise<boolean> =>
  answered(addressOf(timeFacts(form)).then((address) => address !== null));
