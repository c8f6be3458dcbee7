import { onSaved } from '@crmjira/form-data';
import { onLoad } from '../../webresources/src/time-record-form/index';
import { withChannels } from './fake-channel';

type Handler = () => void;

/** As much of a form as the script uses. */
function createForm(issueKey: string | null) {
  const columns = { crmjira_jira_issue_key: issueKey };
  const [changes, loads, saves]: Handler[][] = [[], [], []];
  const shown = new Map<string, boolean>();
  const section = (name: string) => ({ setVisible: (visible: boolean) => shown.set(name, visible) });
  const formContext = {
    getAttribute: (name: keyof typeof columns) => ({
      getValue: () => columns[name],
      addOnChange: (handler: Handler) => changes?.push(handler),
    }),
    ui: { tabs: { get: (tab: string) => ({ sections: { get: (name: string) => section(`${tab}/${name}`) } }) } },
    data: {
      addOnLoad: (handler: Handler) => loads?.push(handler),
      entity: {
        getId: () => '{A1B2C3D4-E5F6-7890-ABCD-EF1234567890}',
        addOnPostSave: (handler: Handler) => saves?.push(handler),
      },
    },
  };
  // a stand-in of what the script uses, not of the whole client API
  onLoad({ getFormContext: () => formContext } as unknown as Xrm.Events.EventContext);
  return {
    history: () => shown.get('general/history_1'),
    choose: (key: string | null) => {
      columns.crmjira_jira_issue_key = key;
      changes?.forEach((handler) => handler());
    },
    load: (key: string | null) => {
      columns.crmjira_jira_issue_key = key;
      loads?.forEach((handler) => handler());
    },
    save: () => saves?.forEach((handler) => handler()),
  };
}

test('R-1831 the history shows only with an issue, also when one is chosen or cleared, and after the form has read again', () => {
  expect(createForm(null).history()).toBe(false);
  const form = createForm('CLAIMS-12');
  expect(form.history()).toBe(true);
  form.choose(null);
  expect(form.history()).toBe(false);
  form.choose('CLAIMS-13');
  expect(form.history()).toBe(true);
  form.load(null);
  expect(form.history()).toBe(false);
});

test('R-1833 a save is told to the controls of the form, which show the record anew', async () => {
  const told: unknown[] = [];
  await withChannels(async () => {
    const stop = onSaved((saved) => told.push(saved));
    createForm('CLAIMS-12').save();
    stop();
  });
  expect(told).toEqual(['crmjira_time_record a1b2c3d4-e5f6-7890-abcd-ef1234567890']);
});
