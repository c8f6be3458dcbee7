import '@testing-library/jest-dom';
import { fireEvent, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { BudgetBurn } from '../../../controls/budget-burn/src/BudgetBurn/index';
import { EUR, mapping, opportunity } from '../platform/rows';
import { type ControlClass, freezePage, showControl, thawPage } from '../platform/show-control';

const Control = BudgetBurn as unknown as ControlClass;
const show = (options: Omit<Parameters<typeof showControl>[1], 'control'> = {}) =>
  showControl(Control, { control: 'budget-burn', ...options });
const plain = (text: string | null | undefined) => (text ?? '').replace(/[\u00a0\u202f]/g, ' ');
const facts = () => [...document.querySelectorAll('.crmjira-figures dd')].map((part) => plain(part.textContent));
const user = () => userEvent.setup({ advanceTimers: (ms) => void jest.advanceTimersByTime(ms) });

/** One step of the slider by keyboard is 5 %. */
function press(name: string, key: 'ArrowRight' | 'ArrowLeft', times: number): void {
  const slider = screen.getByRole('slider', { name });
  for (let step = 0; step < times; step += 1)
    fireEvent.keyDown(slider, { key, keyCode: key === 'ArrowRight' ? 39 : 37 });
}

beforeEach(freezePage);
afterEach(thawPage);

describe('what if', () => {
  it('a dearer hour makes the rest dearer and the money run out sooner; nothing is stored (R-202)', async () => {
    const { server, pass } = await show();
    press('Hourly cost', 'ArrowRight', 2);
    // E3: 26,250.00 and 46,646.34 still to come, a tenth more; 37,500.00 left at 1,347.50 a day.
    expect(facts().slice(0, 1)).toEqual(['$241,375 – $263,811']);
    expect(facts()[3]).toBe('about Jun 13 · $1,347.50 a day, last 30 days');
    expect(document.body).toHaveTextContent('What if: hourly cost +10%, remaining work 0%.');
    expect(document.body).toHaveTextContent('Nothing is saved.');
    // Nor later, when a person has let go of the slider.
    await pass(30_000);
    expect(server.calls.filter((call) => !/^(look at|read|list) /.test(call))).toEqual([]);
  });

  it('less work makes the rest cheaper and leaves the day alone; the state stays that of the rows', async () => {
    await show();
    const before = facts();
    press('Remaining work', 'ArrowLeft', 2);
    expect(facts()[0]).toBe('$236,125 – $254,482');
    expect(facts().slice(2)).toEqual(before.slice(2));
    // A fifth less is done before the money is gone (F-115).
    press('Remaining work', 'ArrowLeft', 2);
    expect(facts()[0]).toBe('$233,500 – $249,817');
    expect(facts()[2]).toBe('Not before completion');
    expect(document.querySelector('.crmjira-chip')).toHaveTextContent('Warning: 85.0% spent');
  });

  it('what is said of it stands below the sliders, which stay where they are (F-122)', async () => {
    await show();
    const above = () => document.querySelector('.crmjira-whatif')?.previousElementSibling?.className;
    const before = [above(), document.querySelectorAll('.crmjira-message').length];
    press('Hourly cost', 'ArrowRight', 1);
    const [message] = document.querySelectorAll('.crmjira-message');
    expect([above(), 0]).toEqual(before);
    expect(document.querySelector('.crmjira-whatif')?.nextElementSibling).toBe(message);
  });

  it('one press goes back to the forecast', async () => {
    await show();
    const before = facts();
    press('Hourly cost', 'ArrowRight', 1);
    expect(facts()).not.toEqual(before);
    await user().click(screen.getByRole('button', { name: 'Back to the forecast' }));
    expect(facts()).toEqual(before);
    expect(screen.queryByText(/What if: hourly/)).toBeNull();
  });

  it('is not offered where there is nothing to forecast', async () => {
    await show({ rows: { crmjira_budget_mapping: [mapping({ crmjira_budget_status: 5 })] } });
    expect(screen.queryByRole('slider')).toBeNull();
  });
});

describe('copy as text', () => {
  const clipboard = (writeText: (text: string) => Promise<void>): void => {
    Object.defineProperty(navigator, 'clipboard', { value: { writeText }, configurable: true });
  };

  const copy = async (pass: (milliseconds: number) => Promise<void>): Promise<void> => {
    fireEvent.click(screen.getByRole('radio', { name: 'Table' }));
    fireEvent.click(screen.getByRole('button', { name: 'Copy as text' }));
    await pass(0);
  };

  it('puts figures and table on the clipboard, columns apart by tabs, and says so', async () => {
    const { pass } = await show();
    const written: string[] = [];
    clipboard(async (text) => void written.push(plain(text)));
    await copy(pass);
    const lines = written[0]?.split('\n') ?? [];
    expect(lines[0]).toBe('Budget burn');
    expect(lines[1]).toContain('Forecast at completion $238,750 – $259,146');
    expect(lines).toContain('Up to\tIn the month\tSpent\tApproved\t%');
    expect(lines).toContain('May 16, 2025\t$36,750.00\t$212,500.00\t$250,000.00\t85.0%');
    expect(lines[lines.length - 1]).toContain('1,700 hours logged');
    expect(screen.getByRole('status')).toHaveTextContent('Copied.');
  });

  it('names both currencies where there are two', async () => {
    const change = {
      _transactioncurrencyid_value: EUR,
      exchangerate: 0.68,
      crmjira_spent_amount_base: 312_500,
      crmjira_approved_budget_base: 367_647.06,
    };
    const { pass } = await show({
      rows: {
        crmjira_budget_mapping: [mapping(change)],
        opportunity: [opportunity({ _transactioncurrencyid_value: EUR })],
      },
    });
    const written: string[] = [];
    clipboard(async (text) => void written.push(plain(text)));
    await copy(pass);
    expect(written[0]).toContain('Spent €212,500.00 EUR');
    expect(written[0]).toContain('Base currency: $312,500.00 of $367,647.06 CAD · rate 0.6800');
  });

  it('says what to do where the page may not use the clipboard', async () => {
    const { pass } = await show();
    clipboard(async () => Promise.reject(new DOMException('denied', 'NotAllowedError')));
    await copy(pass);
    expect(screen.getByRole('status')).toHaveTextContent('Copying failed.');
  });
});
