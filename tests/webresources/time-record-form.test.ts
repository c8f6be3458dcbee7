import { announceSynced, onSaved } from '@crmjira/form-data';
import { onLoad } from '../../webresources/src/time-record-form/index';
import { withChannels } from './fake-channel';

type Handler = () => void;

/** As much of a form as the script uses. */
function createForm(issueKey: string | null) {
  const columns: Record<string, unknown> = { crmjira_jira_issue_key: issueKey, crmjira_time_out: null };
  const changes: (readonly [string, Handler])[] = [];
  const [loads, saves, afterwards]: Handler[][] = [[], [], []];
  const seen = { ribbons: 0, reads: 0, isDirty: false, submitted: [] as string[] };
  const shown = new Map<string, boolean>();
  const section = (name: string) => ({ setVisible: (visible: boolean) => shown.set(name, visible) });
  const formContext = {
    getAttribute: (name: string) => ({
      getValue: () => columns[name],
      setValue: (value: unknown) => (columns[name] = value),
      setSubmitMode: (mode: string) => seen.submitted.push(`${name} ${mode}`),
      addOnChange: (handler: Handler) => changes.push([name, handler]),
    }),
    ui: {
      tabs: { get: (tab: string) => ({ sections: { get: (name: string) => section(`${tab}/${name}`) } }) },
      refreshRibbon: () => (seen.ribbons += 1),
    },
    data: {
      addOnLoad: (handler: Handler) => loads?.push(handler),
      refresh: async () => void (seen.reads += 1),
      entity: {
        getId: () => '{A1B2C3D4-E5F6-7890-ABCD-EF1234567890}',
        getIsDirty: () => seen.isDirty,
        addOnSave: (handler: Handler) => saves?.push(handler),
        addOnPostSave: (handler: Handler) => afterwards?.push(handler),
      },
    },
  };
  // a stand-in of what the script uses, not of the whole client API
  onLoad({ getFormContext: () => formContext } as unknown as Xrm.Events.EventContext);
  const change = (column: string, value: unknown): void => {
    columns[column] = value;
    for (const [name, handler] of changes) if (name === column) handler();
  };
  return {
    seen,
    change,
    history: () => shown.get('general/history_1'),
    choose: (key: string | null) => change('crmjira_jira_issue_key', key),
    load: (key: string | null) => {
      columns.crmjira_jira_issue_key = key;
      loads?.forEach((handler) => handler());
    },
    save: () => [...(saves ?? []), ...(afterwards ?? [])].forEach((handler) => handler()),
    name: () => columns.crmjira_name,
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

test('R-1831 the command bar looks again when the issue or the end changes: its buttons depend on both', () => {
  const { seen, change, choose } = createForm(null);
  const before = seen.ribbons;
  choose('CLAIMS-12');
  expect(seen.ribbons).toBe(before + 1);
  change('crmjira_time_out', new Date('2025-05-12T21:00:00Z'));
  expect(seen.ribbons).toBe(before + 2);
});

test('R-1833 a save is told to the controls of the form, which show the record anew', async () => {
  const told: unknown[] = [];
  await withChannels(async () => {
    const stop = onSaved((saved) => told.push(saved));
    createForm('CLAIMS-12').save();
    stop();
  }, 1);
  expect(told).toEqual(['crmjira_time_record a1b2c3d4-e5f6-7890-abcd-ef1234567890']);
});

test('R-1833 what a sync has written is read by the form that is open, with its command bar, unless somebody is editing', async () => {
  const table = 'crmjira_time_record';
  const id = 'a1b2c3d4-e5f6-7890-abcd-ef1234567890';
  await withChannels(async () => {
    const left = createForm('CLAIMS-12');
    const { seen } = createForm('CLAIMS-12');
    announceSynced({ table, id: id.replace('a1', 'b1') });
    await Promise.resolve();
    expect([seen.reads, seen.ribbons]).toEqual([0, 0]);
    announceSynced({ table, id });
    await Promise.resolve();
    expect([seen.reads, seen.ribbons]).toEqual([1, 1]);
    seen.isDirty = true;
    announceSynced({ table, id });
    await Promise.resolve();
    expect([seen.reads, seen.ribbons]).toEqual([1, 2]);
    // A form that was left hears nothing any more.
    expect(left.seen.reads).toBe(0);
  }, 1);
});

test('R-1831 what a person saves is named after its issue and its subject, anew when one of both changes', () => {
  const form = createForm('CLAIMS-12');
  form.change('crmjira_subject', ' Calls with the broker ');
  form.save();
  expect(form.name()).toBe('CLAIMS-12 Calls with the broker');
  expect(form.seen.submitted).toEqual(['crmjira_name always']);
  form.save();
  expect(form.seen.submitted).toHaveLength(1);
  form.choose(null);
  form.change('crmjira_subject', 'Mail');
  form.save();
  expect(form.name()).toBe('Mail');
});
