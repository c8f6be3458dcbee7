import { act } from '@testing-library/react';
import { render, unmountComponentAtNode } from 'react-dom';
import { BudgetBurn } from '../../../controls/budget-burn/src/BudgetBurn/index';
import { JiraProject } from '../../../controls/jira-project/src/JiraProject/index';
import { fakeContext } from './fake-context';
import { fakeWebApi } from './fake-web-api';
import { tables } from './rows';
import { type ControlClass, freezePage, thawPage } from './show-control';

beforeEach(freezePage);
afterEach(thawPage);

const CYCLES = 1_000;
// The last argument of the test, in milliseconds, leaves room for a machine that does ten other things.

describe.each([
  ['budget-burn', BudgetBurn as unknown as ControlClass],
  ['jira-project', JiraProject as unknown as ControlClass],
] as const)('%s', (control, Control) => {
  it('leaves no timer, listener, store or element after 1,000 times on and off a form', async () => {
    const added = jest.spyOn(document, 'addEventListener');
    const removed = jest.spyOn(document, 'removeEventListener');
    const ofPage = (calls: readonly (readonly unknown[])[]): number =>
      calls.filter(([type]) => type === 'visibilitychange').length;
    const context = fakeContext<never>({ control, webApi: fakeWebApi(tables()).api });
    const place = document.body.appendChild(document.createElement('div'));
    for (let cycle = 0; cycle < CYCLES; cycle += 1) {
      const one = new Control();
      one.init(context, () => undefined, {}, place);
      // Effects, and the first reading, begin in act; the control is gone before the rows are there.
      act(() => void render(one.updateView(context), place));
      act(() => void unmountComponentAtNode(place));
      one.destroy();
    }
    await act(async () => void (await jest.advanceTimersByTimeAsync(60_000)));
    expect(ofPage(added.mock.calls)).toBe(CYCLES);
    expect(ofPage(removed.mock.calls)).toBe(CYCLES);
    expect(jest.getTimerCount()).toBe(0);
    expect(place.childNodes).toHaveLength(0);
    const [registry] = Object.getOwnPropertySymbols(globalThis)
      .filter((symbol) => symbol.description?.startsWith('crmjira.form-data/'))
      .map((symbol) => (globalThis as unknown as Record<symbol, Map<string, unknown>>)[symbol]);
    expect(registry?.size).toBe(0);
    place.remove();
  }, 180_000);
});
