import { act } from '@testing-library/react';
import { render, unmountComponentAtNode } from 'react-dom';
import { BudgetApproval } from '../../../controls/budget-approval/src/BudgetApproval/index';
import { BudgetBurn } from '../../../controls/budget-burn/src/BudgetBurn/index';
import { BudgetStatus } from '../../../controls/budget-status/src/BudgetStatus/index';
import { IssuePicker } from '../../../controls/issue-picker/src/IssuePicker/index';
import { JiraIssues } from '../../../controls/jira-issues/src/JiraIssues/index';
import { JiraProject } from '../../../controls/jira-project/src/JiraProject/index';
import { Portfolio } from '../../../controls/portfolio/src/Portfolio/index';
import { TimeRecords } from '../../../controls/time-records/src/TimeRecords/index';
import { WorklogSync } from '../../../controls/worklog-sync/src/WorklogSync/index';
import { fakeDataSet, mapping } from '../portfolio/fake-data-set';
import { fakeView } from '../portfolio/fake-view';
import { fakeContext } from './fake-context';
import { fakeWebApi } from './fake-web-api';
import type { ControlFolder } from './resx';
import { MAPPING_ID, tables } from './rows';
import { type ControlClass, freezePage, thawPage } from './show-control';

beforeEach(freezePage);
afterEach(thawPage);

/** What one cycle leaves behind is seen after a few; memory after a thousand is measured in Chromium. */
const CYCLES = 30;

const onForm = (control: Exclude<ControlFolder, 'portfolio'>) => () =>
  fakeContext<never>({ control, webApi: fakeWebApi(tables()).api });
const onWeek = () =>
  fakeContext<never>({
    control: 'time-records',
    webApi: fakeWebApi(tables()).api,
    parameters: { records: fakeDataSet({ asked: [], selected: [], rows: [] }) },
  });
const onView = () => fakeView({ rows: [mapping(MAPPING_ID, 'One')], webApi: fakeWebApi(tables()).api }).context;

/** Listeners of the page itself that are added from now on and not removed: events, each once. */
function listenersOfPage(): () => readonly string[] {
  const left: (readonly [string, unknown])[] = [];
  for (const target of [document, window]) {
    jest
      .spyOn(target, 'addEventListener')
      .mockImplementation((...[type, listener]: Parameters<typeof addEventListener>) => {
        if (!left.some(([name, one]) => name === type && one === listener)) left.push([type, listener]);
      });
    jest
      .spyOn(target, 'removeEventListener')
      .mockImplementation((...[type, listener]: Parameters<typeof removeEventListener>) => {
        const index = left.findIndex(([name, one]) => name === type && one === listener);
        if (index >= 0) left.splice(index, 1);
      });
  }
  return () => [...new Set(left.map(([type]) => type))];
}

describe.each([
  ['budget-approval', BudgetApproval, onForm('budget-approval')],
  ['budget-burn', BudgetBurn, onForm('budget-burn')],
  ['budget-status', BudgetStatus, onForm('budget-status')],
  ['issue-picker', IssuePicker, onForm('issue-picker')],
  ['jira-issues', JiraIssues, onForm('jira-issues')],
  ['jira-project', JiraProject, onForm('jira-project')],
  ['portfolio', Portfolio, onView],
  ['time-records', TimeRecords, onWeek],
  ['worklog-sync', WorklogSync, onForm('worklog-sync')],
] as unknown as readonly [string, ControlClass, typeof onView][])('%s', (_, Control, contextOf) => {
  it('leaves no timer, listener, store or element after 30 times on and off its page', async () => {
    const context = contextOf();
    const place = document.body.appendChild(document.createElement('div'));
    const cycle = (): void => {
      const one = new Control();
      one.init(context, () => undefined, {}, place);
      // Effects, and the first reading, begin in act; the control is gone before the rows are there.
      act(() => void render(one.updateView(context), place));
      act(() => void unmountComponentAtNode(place));
      one.destroy();
    };
    // React listens to the page with the first element that it draws, and never stops.
    cycle();
    const left = listenersOfPage();
    for (let cycles = 0; cycles < CYCLES; cycles += 1) cycle();
    await act(async () => void (await jest.advanceTimersByTimeAsync(60_000)));
    expect(left()).toEqual([]);
    expect(jest.getTimerCount()).toBe(0);
    expect(place.childNodes).toHaveLength(0);
    const [registry] = Object.getOwnPropertySymbols(globalThis)
      .filter((symbol) => symbol.description?.startsWith('crmjira.form-data/'))
      .map((symbol) => (globalThis as unknown as Record<symbol, Map<string, unknown>>)[symbol]);
    expect(registry?.size ?? 0).toBe(0);
    place.remove();
  });
});
