import { CommandState } from '../../../domain/src/schema/generated/options';
import { BRIEF_PARTS } from '../../../controls/budget-approval/src/rows/brief';
import { PARTS as FIGURES_PARTS } from '../../../controls/budget-burn/src/parts';
import { PARTS as PROJECT_PARTS } from '../../../controls/jira-project/src/parts';
import { COMMAND_FOR } from '../../../controls/form-data/src/commands/command-part';
import { formOf } from '../../../controls/form-data/src/store/form-state';
import { type FormStore, createFormStore } from '../../../controls/form-data/src/store/form-store';
import { IDLE_AFTER, LOOK_EVERY, READ_EVERY } from '../../../controls/form-data/src/store/poll-cadence';
import { storeOf } from '../../../controls/form-data/src/store/shared-store';
import type { Part } from '../../../controls/form-data/src/store/part';
import { sendCommand } from '../../../controls/form-data/src/commands/send-command';
import { type FakeWebApi, fakeWebApi } from '../platform/fake-web-api';
import { MAPPING_ID, NOW, OPPORTUNITY_ID, history, mapping, tables } from '../platform/rows';

/** What the store looks at of the page around it. */
const page = { hidden: false, offline: false };

function showPage(shown: boolean): void {
  page.hidden = !shown;
  document.dispatchEvent(new Event('visibilitychange'));
}

describe('the shared reader of a form', () => {
  let server: FakeWebApi;
  let store: FormStore;
  const idle = jest.fn();
  const pass = (milliseconds: number) => jest.advanceTimersByTimeAsync(milliseconds);
  const readings = () => server.calls.filter((call) => call === 'list crmjira_budget_mapping').length;

  const project = () => formOf(store.state(), PROJECT_PARTS).record;
  const figures = () => formOf(store.state(), FIGURES_PARTS).record;

  const leaves: (() => void)[] = [];
  const join = (parts: readonly Part[]): (() => void) => {
    const leave = store.subscribe(() => undefined, parts);
    leaves.push(leave);
    return leave;
  };

  beforeEach(() => {
    jest.useFakeTimers({ now: new Date(NOW) });
    server = fakeWebApi(tables());
    Object.assign(page, { hidden: false, offline: false });
    jest.spyOn(document, 'hidden', 'get').mockImplementation(() => page.hidden);
    idle.mockClear();
    store = createFormStore(server.api, { table: 'opportunity', id: OPPORTUNITY_ID }, () => page.offline, idle);
  });
  afterEach(() => {
    for (const leave of leaves.splice(0)) leave();
    jest.restoreAllMocks();
    jest.useRealTimers();
  });

  it('looks every 4 s with one small request, and reads only what has changed or is two minutes old (F-110)', async () => {
    join(PROJECT_PARTS);
    await pass(0);
    expect(readings()).toBe(1);
    // The first look has nothing to compare with.
    await pass(LOOK_EVERY);
    expect(readings()).toBe(2);
    server.calls.length = 0;
    await pass(LOOK_EVERY * 5);
    expect(server.calls).toEqual(Array(5).fill('look at opportunity'));
    await pass(READ_EVERY);
    expect(readings()).toBe(1);
  });

  it('shows a change within 5 s, however long nobody has used the page (F-110)', async () => {
    join(PROJECT_PARTS);
    await pass(3_600_000);
    server.tables.crmjira_budget_mapping = [mapping({ crmjira_spent_amount: 213_500 })];
    await pass(5_000);
    expect(project()?.mapping?.spent).toEqual({ minor: 21_350_000, currency: 'CAD' });
  });

  it.each(['pointerdown', 'keydown', 'focusin'])(
    'looks at once when somebody uses the page anywhere after a pause: %s (F-110)',
    async (type) => {
      join(PROJECT_PARTS);
      await pass(LOOK_EVERY * 2 + IDLE_AFTER + 100);
      const looks = () => server.calls.filter((call) => call === 'look at opportunity').length;
      const before = looks();
      server.tables.crmjira_budget_mapping = [mapping({ crmjira_spent_amount: 213_500 })];
      const field = document.body.appendChild(document.createElement('input'));
      field.dispatchEvent(new Event(type, { bubbles: true }));
      await pass(0);
      expect(looks()).toBe(before + 1);
      expect(project()?.mapping?.spent?.minor).toBe(21_350_000);
      // Each key of a word is no request of its own.
      field.dispatchEvent(new Event(type, { bubbles: true }));
      await pass(0);
      expect(looks()).toBe(before + 1);
      field.remove();
    },
  );

  it('asks of a person who may not look at one of the tables no more than a reading every two minutes', async () => {
    const { retrieveRecord } = server.api;
    jest.spyOn(server.api, 'retrieveRecord').mockImplementation((...given) => {
      // The promise type of the platform differs from the language's.
      if (given[2]?.includes('versionnumber')) return Promise.reject({ errorCode: 0x80040220 }) as never;
      return retrieveRecord(...given);
    });
    join(PROJECT_PARTS);
    await pass(LOOK_EVERY * 2);
    const before = readings();
    await pass(READ_EVERY * 3);
    expect(readings() - before).toBe(3);
    expect(store.state().failure).toBeNull();
  });

  it('reads at once when the form says that it has saved this record (F-102)', async () => {
    const channels: { name: string; onmessage?: (event: { data: string }) => void; close: jest.Mock }[] = [];
    const page = globalThis as { BroadcastChannel?: unknown };
    page.BroadcastChannel = class {
      readonly close = jest.fn();
      constructor(readonly name: string) {
        channels.push(this);
      }
    };
    try {
      const leave = join(PROJECT_PARTS);
      await pass(0);
      const [channel] = channels;
      expect(channel?.name).toBe('crmjira.saved');
      const before = readings();
      channel?.onmessage?.({ data: `opportunity ${MAPPING_ID}` });
      await pass(0);
      expect(readings()).toBe(before);
      channel?.onmessage?.({ data: `opportunity ${OPPORTUNITY_ID}` });
      await pass(0);
      expect(readings()).toBe(before + 1);
      leave();
      expect(channel?.close).toHaveBeenCalledTimes(1);
    } finally {
      delete page.BroadcastChannel;
    }
  });

  it('stops while the page is hidden and reads at once when it is shown', async () => {
    join(PROJECT_PARTS);
    await pass(0);
    showPage(false);
    await pass(READ_EVERY * 3);
    expect(readings()).toBe(1);
    showPage(true);
    await pass(0);
    expect(readings()).toBe(2);
  });

  it('stops when the last control has left', async () => {
    const leaveFirst = join(PROJECT_PARTS);
    const leaveSecond = join(PROJECT_PARTS);
    await pass(0);
    leaveFirst();
    await pass(LOOK_EVERY);
    expect(readings()).toBe(2);
    expect(idle).not.toHaveBeenCalled();
    leaveSecond();
    expect(idle).toHaveBeenCalledTimes(1);
    showPage(true);
    await pass(READ_EVERY * 3);
    expect(readings()).toBe(2);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('serves all controls of a record from one set of requests, also those of another bundle', async () => {
    const first = storeOf('opportunity', OPPORTUNITY_ID, { webAPI: server.api });
    const second = storeOf('opportunity', OPPORTUNITY_ID, { webAPI: fakeWebApi(tables()).api });
    expect(second).toBe(first);
    expect(storeOf('opportunity', '00000000-0000-4000-8000-00000000000f', { webAPI: server.api })).not.toBe(first);
    const leave = first?.subscribe(() => undefined, PROJECT_PARTS);
    await pass(0);
    expect(readings()).toBe(1);
    leave?.();
    expect(storeOf('opportunity', OPPORTUNITY_ID, { webAPI: server.api })).not.toBe(first);
    expect(storeOf('opportunity', null, { webAPI: server.api })).toBeNull();
  });

  it('reads currencies and settings once, snapshots only when asked for and when the mapping has changed', async () => {
    const lists = (table: string) => server.calls.filter((call) => call === `list ${table}`).length;
    join(PROJECT_PARTS);
    await pass(LOOK_EVERY * 2);
    expect(lists('transactioncurrency')).toBe(1);
    expect(lists('crmjira_budget_snapshot')).toBe(0);
    expect(store.state().held.snapshots).toBeUndefined();
    join(FIGURES_PARTS);
    await pass(LOOK_EVERY * 3);
    expect(lists('crmjira_budget_snapshot')).toBe(1);
    expect(figures()?.snapshots).toHaveLength(history().length);
    server.tables.crmjira_budget_mapping = [mapping({ '@odata.etag': 'W/"2"', crmjira_spent_amount: 213_500 })];
    await pass(LOOK_EVERY);
    expect(lists('crmjira_budget_snapshot')).toBe(2);
    expect(project()?.mapping?.spent).toEqual({ minor: 21_350_000, currency: 'CAD' });
  });

  it('reads no more than its controls need, and with the fullest reader as soon as one is there', async () => {
    const lists = (table: string) => server.calls.filter((call) => call === `list ${table}`).length;
    const approved = () => formOf(store.state(), BRIEF_PARTS).record?.figures?.approved;
    const leaveBrief = join(BRIEF_PARTS);
    await pass(LOOK_EVERY);
    expect(approved()).toEqual({ minor: 25_000_000, currency: 'CAD' });
    expect(project()).toBeNull();
    join(FIGURES_PARTS);
    await pass(0);
    expect(figures()?.mapping?.approved).toBe(approved());
    const before = lists('crmjira_budget_mapping');
    join(PROJECT_PARTS);
    join(BRIEF_PARTS);
    leaveBrief();
    await pass(0);
    expect(lists('crmjira_budget_mapping')).toBe(before);
    server.tables.crmjira_budget_mapping = [mapping({ '@odata.etag': 'W/"2"', crmjira_approved_budget: 300_000 })];
    await pass(LOOK_EVERY);
    expect(approved()).toEqual({ minor: 30_000_000, currency: 'CAD' });
    expect(figures()?.snapshots).toHaveLength(history().length);
  });

  it('reads the rows once for controls that come one after the other', async () => {
    join(BRIEF_PARTS);
    join(PROJECT_PARTS);
    join(FIGURES_PARTS);
    await pass(0);
    expect(readings()).toBe(1);
    expect(figures()?.snapshots).toHaveLength(history().length);
  });

  it('keeps the last good figures when a reading fails, says why, and recovers', async () => {
    join(PROJECT_PARTS);
    await pass(0);
    const readAt = store.state().readAt;
    server.failure = { errorCode: 0x80040220 };
    await pass(LOOK_EVERY);
    expect(store.state()).toMatchObject({ failure: 'forbidden', readAt });
    expect(project()?.mapping?.id).toBe(MAPPING_ID);
    server.failure = new Error('socket');
    page.offline = true;
    await pass(LOOK_EVERY);
    expect(store.state().failure).toBe('offline');
    server.failure = null;
    page.offline = false;
    await pass(LOOK_EVERY);
    expect(store.state().failure).toBeNull();
    expect(store.state().readAt).not.toBe(readAt);
  });

  it('F-110 reads a part of any table by its key, and leaves the others as they are while one that is read apart fails', async () => {
    const reads: string[] = [];
    let broken = true;
    const issues: Part<'issues', string> = {
      name: 'issues',
      select: '',
      apart: true,
      watches: 'crmjira_incident_issue',
      async read({ table, id }) {
        reads.push(`${table} ${id}`);
        if (broken) throw new Error('socket');
        return 'none';
      },
    };
    const title: Part<'title', string> = { name: 'title', select: '', read: async () => 'Case 1' };
    const looks = jest.spyOn(server.api, 'retrieveRecord');
    store = createFormStore(server.api, { table: 'incident', id: MAPPING_ID }, () => page.offline, idle);
    const parts = [title, issues] as const;
    join(parts);
    await pass(0);
    expect(store.state()).toMatchObject({ held: { title: 'Case 1' }, failure: null });
    expect(formOf(store.state(), parts)).toMatchObject({ record: null, missed: ['issues'] });
    await pass(LOOK_EVERY * 3);
    // The look tells of no news here; what failed is tried again with it.
    expect(reads.length).toBeGreaterThan(2);
    expect(looks).toHaveBeenCalledWith('incident', MAPPING_ID, expect.stringContaining('crmjira_incident_issue('));
    broken = false;
    await pass(LOOK_EVERY);
    expect(formOf(store.state(), parts)).toMatchObject({ record: { title: 'Case 1', issues: 'none' }, missed: [] });
    expect(new Set(reads)).toEqual(new Set([`incident ${MAPPING_ID}`]));
  });

  it('shows nothing from a row that is not what the schema promises', async () => {
    server.tables.crmjira_budget_mapping = [mapping({ crmjira_spent_amount: 'a lot' })];
    join(PROJECT_PARTS);
    await pass(0);
    expect(project()).toBeNull();
    expect(store.state().failure).toBe('failed');
  });

  it('asks for a sync with a command row under the person’s own privileges and follows it to its answer (R-605)', async () => {
    join(PROJECT_PARTS);
    await pass(0);
    void store.ask(sendCommand('sync', 'Sync now'));
    await pass(0);
    const [row] = server.tables.crmjira_command ?? [];
    expect(row).toMatchObject({
      'crmjira_opportunity_id@odata.bind': `/opportunities(${OPPORTUNITY_ID})`,
      crmjira_command_type: 3,
      crmjira_command_state: 1,
      crmjira_name: 'Sync now',
    });
    await pass(LOOK_EVERY);
    expect(project()?.command).toMatchObject({ name: 'sync', state: CommandState.Requested });
    if (row) Object.assign(row, { crmjira_command_state: 3, crmjira_result: 'Figures are up to date.' });
    await pass(LOOK_EVERY);
    expect(project()?.command).toMatchObject({ state: CommandState.Done, result: 'Figures are up to date.' });
    const reads = server.calls.filter((call) => call === 'read crmjira_command').length;
    await pass(LOOK_EVERY * 2);
    expect(server.calls.filter((call) => call === 'read crmjira_command')).toHaveLength(reads);
  });

  it('reads the answer to a command at every look for two minutes, then with the change that it leads to', async () => {
    join(PROJECT_PARTS);
    await pass(0);
    void store.ask(sendCommand('sync', 'Sync now'));
    const asked = () => server.calls.filter((call) => call === 'read crmjira_command').length;
    await pass(COMMAND_FOR);
    expect(asked()).toBeGreaterThanOrEqual(COMMAND_FOR / LOOK_EVERY - 1);
    await pass(LOOK_EVERY);
    const before = asked();
    await pass(READ_EVERY * 2);
    expect(asked() - before).toBeLessThanOrEqual(3);
    const [row] = server.tables.crmjira_command ?? [];
    if (row) Object.assign(row, { crmjira_command_state: 3 });
    await pass(5_000);
    expect(project()?.command).toMatchObject({ state: CommandState.Done });
  });

  it('says that nothing was asked for when the command row is refused', async () => {
    join(PROJECT_PARTS);
    await pass(0);
    server.failure = { errorCode: -2147220960 };
    void store.ask(sendCommand('retry', 'Try again'));
    await pass(0);
    expect(project()?.command).toMatchObject({ notSent: 'forbidden', id: null, name: 'retry' });
  });
});
