import { timeRecordName } from '@crmjira/domain';
import { announceSaved, onSynced, savedKey } from '@crmjira/form-data';
import { showAgain } from '../commands/bar';
import { recordId } from '../commands/record';

/** Names that the form has in `solution/src/Entities/crmjira_time_record/FormXml`. */
const TAB = 'general';
const HISTORY = 'history_1';
const ISSUE_KEY = 'crmjira_jira_issue_key';
const TIME_OUT = 'crmjira_time_out';
const SUBJECT = 'crmjira_subject';
const NAME = 'crmjira_name';

const table = 'crmjira_time_record';

let stopListening: () => void = () => undefined;

/** Handler of the load event of a time record's form. */
export function onLoad(context: Xrm.Events.EventContext): void {
  const formContext = context.getFormContext();
  const { data } = formContext;
  const show = (): void => showHistory(formContext);
  const showAll = (): void => {
    show();
    // Its buttons depend on the issue and on the end.
    formContext.ui.refreshRibbon();
  };
  for (const column of [ISSUE_KEY, TIME_OUT]) formContext.getAttribute(column)?.addOnChange(showAll);
  data.addOnLoad(showAll);
  data.entity.addOnSave(() => nameAnew(formContext));
  // What is sent is what is saved: the control of the worklog reads it again.
  data.entity.addOnPostSave(() => announceSaved(recordOf(formContext)));
  // No event tells that a form was left: the next one takes its place.
  stopListening();
  stopListening = onSynced((key) => {
    if (key === savedKey(recordOf(formContext))) void showSynced(formContext);
  });
  show();
}

const recordOf = (formContext: Xrm.FormContext) => ({ table, id: recordId(formContext) });

/** The platform's own fields and the command bar show what the sync has written (R-1833). */
async function showSynced(formContext: Xrm.FormContext): Promise<void> {
  try {
    await showAgain(formContext);
  } catch (error) {
    console.error('The form could not be refreshed.', error);
  }
}

/** The service names a record as well, a moment later: so that the form's own title is right at once. */
function nameAnew(formContext: Xrm.FormContext): void {
  const text = (column: string) => formContext.getAttribute<Xrm.Attributes.StringAttribute>(column);
  const name = text(NAME);
  const now = timeRecordName(text(ISSUE_KEY)?.getValue() ?? null, text(SUBJECT)?.getValue() ?? '');
  if (name === null || name.getValue() === now) return;
  name.setValue(now);
  // Of a column that is locked nothing is sent otherwise.
  name.setSubmitMode('always');
}

/** Time without an issue is never sent: it has no history (R-1831). */
function showHistory(formContext: Xrm.FormContext): void {
  const hasIssue = Boolean(formContext.getAttribute(ISSUE_KEY)?.getValue());
  formContext.ui.tabs.get(TAB)?.sections.get(HISTORY)?.setVisible(hasIssue);
}
