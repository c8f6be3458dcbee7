import { CommandState, CommandType } from '@crmjira/domain';
import * as commands from '../../webresources/src/commands/time/index';

const TIME = 'a1b2c3d4-e5f6-7890-abcd-ef1234567890';
const OTHER = 'b1b2c3d4-e5f6-7890-abcd-ef1234567890';
/** as the platform gives it */
const ME = '{87654321-ABCD-EF12-3456-7890ABCDEF12}';

interface World {
  created: Record<string, unknown>[];
  opened: unknown[];
  asked: Record<string, string>[];
  said: string[];
  isConfirmed: boolean;
  isDirty: boolean;
  connections: unknown[];
  answer: Record<string, unknown>;
  saves: number;
  refreshed: number;
  closed: number;
  /** rows of the record itself: none once it is deleted */
  records: unknown[];
  refusal: unknown;
}
let world: World;

const CONNECTION = { crmjira_jira_connectionid: OTHER, crmjira_jira_url: 'https://acme.atlassian.net' };

beforeEach(() => {
  jest.useFakeTimers({ now: new Date('2025-05-12T21:00:12.345Z') });
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
  world = {
    ...{ created: [], opened: [], asked: [], said: [], isConfirmed: true, isDirty: false, connections: [CONNECTION] },
    answer: { crmjira_command_state: CommandState.Done, crmjira_result: '2 of 2 are in Jira.' },
    ...{ saves: 0, refreshed: 0, closed: 0, records: [{}], refusal: null },
  };
  Object.defineProperty(globalThis, 'navigator', { value: { onLine: true }, configurable: true });
  Object.assign(globalThis, {
    Xrm: {
      Utility: { getGlobalContext: () => ({ userSettings: { languageId: 1033, userId: ME } }) },
      WebApi: {
        createRecord: async (_table: string, row: Record<string, unknown>) => {
          if (world.refusal) throw world.refusal;
          world.created.push(row);
          return { id: 'new' };
        },
        retrieveRecord: async () => world.answer,
        retrieveMultipleRecords: async (table: string) => {
          if (world.refusal) throw world.refusal;
          return { entities: table === 'crmjira_jira_connection' ? world.connections : world.records };
        },
      },
      Navigation: {
        openConfirmDialog: async (question: Record<string, string>) => {
          world.asked.push(question);
          return { confirmed: world.isConfirmed };
        },
        openAlertDialog: async ({ text }: { text: string }) => void world.said.push(text),
        openUrl: (url: string) => void world.opened.push(url),
        openForm: async (...given: unknown[]) => void world.opened.push(given),
        navigateTo: async (page: unknown) => void world.opened.push(page),
      },
    },
  });
});
afterEach(() => jest.useRealTimers());

const SYNCED = {
  ownerid: [{ id: ME.toLowerCase(), entityType: 'systemuser' }],
  crmjira_time_in: new Date('2025-05-12T17:00:00Z'),
  crmjira_time_out: new Date('2025-05-12T21:00:00Z'),
  crmjira_jira_issue_key: 'CLAIMS-12',
  crmjira_jira_worklog_id: '48131',
  crmjira_jira_seconds: 14_400,
};
const NOT_SYNCED = { ...SYNCED, crmjira_jira_worklog_id: null, crmjira_jira_seconds: null };
const RUNNING = { ...NOT_SYNCED, crmjira_time_out: null };

/** @param id empty before the first save */
function form(columns: Record<string, unknown>, id = TIME, formType = 2): Xrm.FormContext {
  const context = {
    getAttribute: (column: string) =>
      column in columns
        ? { getValue: () => columns[column], setValue: (value: unknown) => (columns[column] = value) }
        : null,
    ui: {
      setFormNotification: (text: string) => (world.said[0] = text),
      clearFormNotification: () => world.said.splice(0),
      refreshRibbon: () => undefined,
      getFormType: () => formType,
      close: () => (world.closed += 1),
    },
    data: {
      save: async () => void (world.saves += 1),
      refresh: async () => void (world.refreshed += 1),
      entity: { getId: () => (id ? `{${id.toUpperCase()}}` : ''), getIsDirty: () => world.isDirty },
    },
  };
  // only what the commands use of a form is here
  return context as unknown as Xrm.FormContext;
}
// the same of a list
const list = { refresh: () => void (world.refreshed += 1) } as unknown as Xrm.Controls.GridControl;

const pass = (milliseconds: number) => jest.advanceTimersByTimeAsync(milliseconds);

async function offered(one: Xrm.FormContext): Promise<string[]> {
  const rules = {
    stop: commands.canStopClock,
    sync: commands.canSyncTime,
    remove: commands.canRemoveWorklog,
    open: commands.canOpenWorklog,
  };
  const answers = await Promise.all(Object.entries(rules).map(async ([name, rule]) => ((await rule(one)) ? name : [])));
  return answers.flat();
}

test.each([
  ['a record that is in Jira', form(SYNCED), ['sync', 'remove', 'open']],
  ['one that is not', form(NOT_SYNCED), ['sync']],
  ['one that still runs', form(RUNNING), ['stop']],
  ['one without an issue', form({ ...NOT_SYNCED, crmjira_jira_issue_key: null }), []],
  ['one that is not saved', form(RUNNING, ''), []],
  ['one that may only be read', form(RUNNING, TIME, 3), []],
  ['somebody else’s', form({ ...SYNCED, ownerid: [{ id: OTHER, entityType: 'systemuser' }] }), []],
])('R-1831 R-1809 of %s the command bar offers what can be done', async (_record, one, expected) => {
  expect(await offered(one)).toEqual(expected);
});

test('R-1809 R-1833 without a connection nothing is sent or opened; what cannot be read is not offered', async () => {
  world.connections = [];
  expect(await offered(form(SYNCED))).toEqual(['remove']);
  world.refusal = new Error('offline');
  expect(await offered(form(SYNCED))).toEqual(['remove']);
});

test('R-1831 the clock starts with a new record that begins now, and stops on the second', async () => {
  await commands.startClock();
  expect(world.opened).toEqual([
    [{ entityName: 'crmjira_time_record' }, { crmjira_time_in: '2025-05-12T21:00:12.345Z' }],
  ]);
  const columns: Record<string, unknown> = { ...RUNNING };
  await commands.stopClock(form(columns));
  expect([columns['crmjira_time_out'], world.saves]).toEqual([new Date('2025-05-12T21:00:12Z'), 1]);
});

test('R-1806 a record is asked to be synced once it is saved, and the form says what came of it', async () => {
  world.isDirty = true;
  await commands.syncTime(form(SYNCED));
  expect([world.created, world.said]).toEqual([[], ['Save the record first, then try again.']]);
  world.isDirty = false;
  world.answer = { crmjira_command_state: CommandState.Done, crmjira_result: 'Logged.' };
  await commands.syncTime(form(SYNCED));
  expect(world.created).toMatchObject([
    {
      crmjira_regarding_table: 'crmjira_time_record',
      crmjira_regarding_id: TIME,
      crmjira_command_type: CommandType.SyncTime,
    },
  ]);
  await pass(1_000);
  expect([world.said, world.refreshed]).toEqual([['Logged.'], 1]);
});

test('R-1807 what is selected in the list goes by one command, whose answer counts them', async () => {
  const done = commands.syncSelected(list, [`{${TIME.toUpperCase()}}`, OTHER]);
  await pass(1_000);
  await done;
  expect(world.created).toMatchObject([
    {
      crmjira_command_type: CommandType.SyncTime,
      crmjira_regarding_id: TIME,
      crmjira_payload: JSON.stringify({ records: [TIME, OTHER] }),
    },
  ]);
  expect([world.said, world.refreshed]).toEqual([['2 of 2 are in Jira.'], 1]);
  world.refusal = { errorCode: 0x80040220 };
  await commands.syncSelected(list, [TIME]);
  expect(world.said.at(-1)).toMatch(/^You do not have the privilege/);
});

test('R-1808 a worklog is removed after a question that names it, and only if the person says so', async () => {
  world.isConfirmed = false;
  await commands.removeWorklog(form(SYNCED));
  expect(world.created).toEqual([]);
  expect(world.asked).toEqual([
    {
      title: 'Remove this time from Jira?',
      text: 'Worklog 48131 (4\u00a0h on CLAIMS-12) is deleted in Jira. The time record stays here.',
      confirmButtonLabel: 'Remove from Jira',
      cancelButtonLabel: 'Keep it',
    },
  ]);
  world.isConfirmed = true;
  await commands.removeWorklog(form(SYNCED));
  expect(world.created).toMatchObject([
    { crmjira_command_type: CommandType.RemoveWorklog, crmjira_regarding_id: TIME },
  ]);
});

test('R-1827 deletion is asked in a dialog; the form is left once the record is gone, else shown anew', async () => {
  await commands.deleteTime(form(SYNCED));
  expect(world.opened).toEqual([
    { pageType: 'webresource', webresourceName: 'crmjira_/pages/delete-time.html', data: `id=${TIME}` },
  ]);
  expect([world.closed, world.refreshed]).toEqual([0, 1]);
  world.records = [];
  await commands.deleteTime(form(SYNCED));
  expect([world.closed, world.refreshed]).toEqual([1, 1]);
});

test('R-1827 in the list the same dialog asks of all rows that are selected, and the list is read again', async () => {
  await commands.deleteSelected(list, [`{${TIME.toUpperCase()}}`]);
  await commands.deleteSelected(list, [`{${TIME.toUpperCase()}}`, OTHER]);
  const page = { pageType: 'webresource', webresourceName: 'crmjira_/pages/delete-time.html' };
  expect(world.opened).toEqual([
    { ...page, data: `id=${TIME}` },
    { ...page, data: `ids=${TIME},${OTHER}` },
  ]);
  expect(world.refreshed).toBe(2);
});

test('R-1831 R-1812 the worklog opens in Jira; history and backfill are pages of their own', async () => {
  await commands.openWorklog(form(SYNCED));
  await commands.openHistory(list);
  await commands.openHistory(form(SYNCED));
  await commands.linkEarlierTime(list);
  expect(world.opened).toEqual([
    'https://acme.atlassian.net/browse/CLAIMS-12?focusedWorklogId=48131',
    { pageType: 'webresource', webresourceName: 'crmjira_/pages/sync-history.html' },
    { pageType: 'webresource', webresourceName: 'crmjira_/pages/sync-history.html', data: `id=${TIME}` },
    { pageType: 'webresource', webresourceName: 'crmjira_/pages/backfill.html' },
  ]);
  world.connections = [{ ...CONNECTION, crmjira_jira_url: 'javascript:alert(1)' }];
  await commands.openWorklog(form(SYNCED));
  expect([world.opened.length, world.said]).toEqual([4, ['Jira has no worklog of this time yet.']]);
});
