import '@testing-library/jest-dom';
import { fireEvent, screen } from '@testing-library/react';
import { BudgetBurn } from '../../../controls/budget-burn/src/BudgetBurn/index';
import { JiraProject } from '../../../controls/jira-project/src/JiraProject/index';
import { type Row, mapping } from './rows';
import { type ControlClass, freezePage, showControl, thawPage } from './show-control';

const controls = [
  ['budget-burn', BudgetBurn as unknown as ControlClass],
  ['jira-project', JiraProject as unknown as ControlClass],
] as const;
const plain = () => (document.body.textContent ?? '').replace(/[\u00a0\u202f]/g, ' ');

beforeEach(freezePage);
afterEach(thawPage);

/** What two people see of one and the same row, in one session each. */
async function seen(control: 'budget-burn' | 'jira-project', Control: ControlClass, change: Row): Promise<string[]> {
  const texts: string[] = [];
  for (const person of [
    { language: 1033, offsetMinutes: 330 },
    { language: 3084, offsetMinutes: -240 },
  ] as const) {
    const { unmount } = await showControl(Control, {
      control,
      ...person,
      rows: { crmjira_budget_mapping: [mapping(change)] },
    });
    texts.push(plain());
    unmount();
  }
  return texts;
}

describe('R-2308 one row in two sessions of another language, time zone and number format', () => {
  const failing = {
    crmjira_last_error: 'Jira took too long to answer; it is tried again.',
    crmjira_failing_since: '2025-05-16T18:03:00Z',
  };

  it('budget burn: money, percent and times are each one’s own, and mean the same', async () => {
    const [english, french] = await seen('budget-burn', BudgetBurn as unknown as ControlClass, failing);
    expect(english).toContain('$212,500.00spent of $250,000.00 CAD');
    expect(french).toContain('212 500,00 $dépensés sur 250 000,00 $ CAD');
    // 18:02 and 18:03 UTC on two clocks, half an hour off the hour for one of them.
    expect(english).toContain('Last figures 23:32. Jira unreachable since 23:33.');
    expect(french).toContain('Derniers chiffres : 14:02. Jira est injoignable. Début de la panne : 14:03.');
  });

  it('a day that has begun for one and not for the other is each one’s own', async () => {
    const done = {
      crmjira_budget_status: 5,
      crmjira_completed_on: '2025-05-15T21:00:00Z',
      crmjira_project_archived: true,
    };
    const [english, french] = await seen('jira-project', JiraProject as unknown as ControlClass, done);
    expect(english).toContain('May 16, 2025');
    expect(french).toContain('15 mai 2025');
  });
});

const HOSTILE = {
  markup: '<img src=x onerror="window.broken=1"><script>window.broken=1</script>',
  'right to left': '\u202eمشروع\u202c עברית',
  'ten thousand characters': 'W'.repeat(10_000),
  emoji: '👩🏽‍💻🇨🇦'.repeat(20),
  'places for values': '{amount} {time} $& {constructor}',
  link: 'javascript:window.broken=1',
};

it('R-2308 the table of budget burn ends with the day of each one’s own clock', async () => {
  jest.setSystemTime(new Date('2025-05-17T00:02:00Z'));
  const last: (string | null | undefined)[] = [];
  for (const person of [
    { language: 1033, offsetMinutes: 330 },
    { language: 1033, offsetMinutes: -240 },
  ] as const) {
    const { unmount } = await showControl(BudgetBurn as unknown as ControlClass, {
      control: 'budget-burn',
      ...person,
      rows: { crmjira_budget_mapping: [mapping({ crmjira_last_sync_date: '2025-05-17T00:01:00Z' })] },
    });
    fireEvent.click(screen.getByText('Table'));
    const rows = document.querySelectorAll('.crmjira-table:first-of-type tbody tr');
    last.push(rows[rows.length - 1]?.querySelector('th')?.textContent?.replace(/\u00a0/g, ' '));
    unmount();
  }
  expect(last).toEqual(['May 17, 2025', 'May 16, 2025']);
});

describe.each(controls)('%s shows hostile text as text', (control, Control) => {
  it.each(Object.entries(HOSTILE))('%s', async (_, text) => {
    const change = {
      crmjira_jira_project_key: text,
      crmjira_integration_reference: text,
      crmjira_jira_project_name: text,
      crmjira_jira_project_url: text,
      crmjira_jira_lead: text,
      crmjira_jira_project_status: text,
      crmjira_milestones: JSON.stringify([{ name: text, date: '2025-03-28', released: true }]),
    };
    for (const error of [null, text]) {
      const rows = { crmjira_budget_mapping: [mapping({ ...change, crmjira_last_error: error })] };
      const { unmount } = await showControl(Control, { control, rows });
      expect(document.querySelectorAll('script, img, iframe')).toHaveLength(0);
      for (const link of document.querySelectorAll('a')) expect(link.protocol).toMatch(/^https?:$/);
      expect(document.querySelectorAll('[onerror]')).toHaveLength(0);
      expect(document.querySelectorAll('[role=img], .crmjira-name')).toHaveLength(1);
      // Whatever is shown of it is shown whole, not as a place for a value of ours.
      if (error !== null || control === 'jira-project') expect(document.body.textContent).toContain(text);
      unmount();
    }
    expect('broken' in window).toBe(false);
  });
});
