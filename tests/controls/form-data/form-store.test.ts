import { CommandType } from '../../../domain/src/schema/generated/options';
import { COMMANDS, CommandState } from '../../../controls/form-data/src/rows/command';
import { briefReader } from '../../../controls/budget-approval/src/rows/brief';
import { type FormStore, createFormStore } from '../../../controls/form-data/src/store/form-store';
import { COMMAND_FOR, IDLE_AFTER, LOOK_EVERY, READ_EVERY } from '../../../controls/form-data/src/store/poll-cadence';
import { storeOf } from '../../../controls/form-data/src/store/shared-store';
import { figuresReader, projectReader } from '../../../controls/form-data/src/store/full-readers';
import type { Reader } from '../../../controls/form-data/src/store/reader';
import { sendCommand } from '../../../controls/form-data/src/store/send-command';
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

  const leaves: (() => void)[] = [];
  const join = (reader: Reader): (() => void) => {
    const leave = store.subscribe(() => undefined, reader);
    leaves.push(leave);
    return leave;
  };

  beforeEach(() => {
    jest.useFakeTimers({ now: new Date(NOW) });
    server = fakeWebApi(tables());
    Object.assign(page, { hidden: false, offline: false });
    jest.spyOn(document, 'hidden', 'get').mockImplementation(() => page.hidden);
    idle.mockClear();
    store = createFormStore(server.api, OPPORTUNITY_ID, () => page.offline, idle);
  });
  afterEach(() => {
    for (const leave of leaves.splice(0)) leave();
    jest.restoreAllMocks();
    jest.useRealTimers();
  });

  it('looks every 4 s with one small request, and reads only what has changed or is two minutes old (F-110)', async () => {
    join(projectReader);
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
    join(projectReader);
    await pass(3_600_000);
    server.tables.crmjira_budget_mapping = [mapping({ crmjira_spent_amount: 213_500 })];
    await pass(5_000);
    expect(store.state().record?.mapping?.spent).toEqual({ minor: 21_350_000, currency: 'CAD' });
  });

  it.each(['pointerdown', 'keydown', 'focusin'])(
    'looks at once when somebody uses the page anywhere after a pause: %s (F-110)',
    async (type) => {
      join(projectReader);
      await pass(LOOK_EVERY * 2 + IDLE_AFTER + 100);
      const looks = () => server.calls.filter((call) => call === 'look at opportunity').length;
      const before = looks();
      server.tables.crmjira_budget_mapping = [mapping({ crmjira_spent_amount: 213_500 })];
      const field = document.body.appendChild(document.createElement('input'));
      field.dispatchEvent(new Event(type, { bubbles: true }));
      await pass(0);
      expect(looks()).toBe(before + 1);
      expect(store.state().record?.mapping?.spent?.minor).toBe(21_350_000);
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
    join(projectReader);
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
      const leave = join(projectReader);
      await pass(0);
      const [channel] = channels;
      expect(channel?.name).toBe('crmjira.saved');
      const before = readings();
      channel?.onmessage?.({ data: MAPPING_ID });
      await pass(0);
      expect(readings()).toBe(before);
      channel?.onmessage?.({ data: OPPORTUNITY_ID });
      await pass(0);
      expect(readings()).toBe(before + 1);
      leave();
      expect(channel?.close).toHaveBeenCalledTimes(1);
    } finally {
      delete page.BroadcastChannel;
    }
  });

  it('stops while the page is hidden and reads at once when it is shown', async () => {
    join(projectReader);
    await pass(0);
    showPage(false);
    await pass(READ_EVERY * 3);
    expect(readings()).toBe(1);
    showPage(true);
    await pass(0);
    expect(readings()).toBe(2);
  });

  it('stops when the last control has left', async () => {
    const leaveFirst = join(projectReader);
    const leaveSecond = join(projectReader);
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
    const first = storeOf(OPPORTUNITY_ID, { webAPI: server.api });
    const second = storeOf(OPPORTUNITY_ID, { webAPI: fakeWebApi(tables()).api });
    expect(second).toBe(first);
    expect(storeOf('00000000-0000-4000-8000-00000000000f', { webAPI: server.api })).not.toBe(first);
    const leave = first?.subscribe(() => undefined, projectReader);
    await pass(0);
    expect(readings()).toBe(1);
    leave?.();
    expect(storeOf(OPPORTUNITY_ID, { webAPI: server.api })).not.toBe(first);
    expect(storeOf(null, { webAPI: server.api })).toBeNull();
  });

  it('reads currencies and settings once, snapshots only when asked for and when the mapping has changed', async () => {
    const lists = (table: string) => server.calls.filter((call) => call === `list ${table}`).length;
    join(projectReader);
    await pass(LOOK_EVERY * 2);
    expect(lists('transactioncurrency')).toBe(1);
    expect(lists('crmjira_budget_snapshot')).toBe(0);
    expect(store.state().record?.snapshots).toBeNull();
    join(figuresReader);
    await pass(LOOK_EVERY * 3);
    expect(lists('crmjira_budget_snapshot')).toBe(1);
    expect(store.state().record?.snapshots).toHaveLength(history().length);
    server.tables.crmjira_budget_mapping = [mapping({ '@odata.etag': 'W/"2"', crmjira_spent_amount: 213_500 })];
    await pass(LOOK_EVERY);
    expect(lists('crmjira_budget_snapshot')).toBe(2);
    expect(store.state().record?.mapping?.spent).toEqual({ minor: 21_350_000, currency: 'CAD' });
  });

  it('reads no more than its controls need, and with the fullest reader as soon as one is there', async () => {
    const lists = (table: string) => server.calls.filter((call) => call === `list ${table}`).length;
    const approved = () => store.state().brief?.mapping?.approved;
    const leaveBrief = join(briefReader);
    await pass(LOOK_EVERY);
    expect(approved()).toEqual({ minor: 25_000_000, currency: 'CAD' });
    expect(store.state().record).toBeNull();
    join(figuresReader);
    await pass(0);
    expect(store.state().record).toBe(store.state().brief);
    const before = lists('crmjira_budget_mapping');
    join(projectReader);
    join(briefReader);
    leaveBrief();
    await pass(0);
    expect(lists('crmjira_budget_mapping')).toBe(before);
    server.tables.crmjira_budget_mapping = [mapping({ '@odata.etag': 'W/"2"', crmjira_approved_budget: 300_000 })];
    await pass(LOOK_EVERY);
    expect(approved()).toEqual({ minor: 30_000_000, currency: 'CAD' });
    expect(store.state().record?.snapshots).toHaveLength(history().length);
  });

  it('reads the rows once for controls that come one after the other', async () => {
    join(briefReader);
    join(projectReader);
    join(figuresReader);
    await pass(0);
    expect(readings()).toBe(1);
    expect(store.state().record?.snapshots).toHaveLength(history().length);
  });

  it('keeps the last good figures when a reading fails, says why, and recovers', async () => {
    join(projectReader);
    await pass(0);
    const readAt = store.state().readAt;
    server.failure = { errorCode: 0x80040220 };
    await pass(LOOK_EVERY);
    expect(store.state()).toMatchObject({ failure: 'forbidden', readAt });
    expect(store.state().record?.mapping?.id).toBe(MAPPING_ID);
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

  it('shows nothing from a row that is not what the schema promises', async () => {
    server.tables.crmjira_budget_mapping = [mapping({ crmjira_spent_amount: 'a lot' })];
    join(projectReader);
    await pass(0);
    expect(store.state()).toMatchObject({ record: null, failure: 'failed' });
  });

  it('asks for a sync with a command row under the person’s own privileges and follows it to its answer (R-605)', async () => {
    join(projectReader);
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
    expect(store.state().command).toMatchObject({ state: CommandState.Requested });
    if (row) Object.assign(row, { crmjira_command_state: 3, crmjira_result: 'Figures are up to date.' });
    await pass(LOOK_EVERY);
    expect(store.state().command).toMatchObject({ state: CommandState.Done, result: 'Figures are up to date.' });
    const reads = server.calls.filter((call) => call === 'read crmjira_command').length;
    await pass(LOOK_EVERY * 2);
    expect(server.calls.filter((call) => call === 'read crmjira_command')).toHaveLength(reads);
  });

  it('reads the answer to a command at every look for two minutes, then with the change that it leads to', async () => {
    join(projectReader);
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
    expect(store.state().command).toMatchObject({ state: CommandState.Done });
  });

  it('names commands as the schema does', () => {
    const { CreateProject, SyncNow, Retry, ResolveDiscrepancy } = CommandType;
    expect(COMMANDS).toEqual({
      create: CreateProject,
      sync: SyncNow,
      retry: Retry,
      resolve: ResolveDiscrepancy,
    });
  });

  it('says that nothing was asked for when the command row is refused', async () => {
    join(projectReader);
    await pass(0);
    server.failure = { errorCode: -2147220960 };
    void store.ask(sendCommand('retry', 'Try again'));
    await pass(0);
    expect(store.state().command).toMatchObject({ notSent: 'forbidden', id: null });
  });
});
