import type { Row } from '../scene';
import { EMOJI, LINK, LONG, MARKUP, MUCH, RIGHT_TO_LEFT, jira } from './hostile';

type Page = Readonly<{ value: readonly Row[] }>;

/** The list page of the mappings as it stands otherwise than the example company's rows say, and what is done on it. */
export interface PortfolioScene {
  readonly name: string;
  /** by default the project manager */
  readonly persona?: 'sales-rep';
  /** one page of the view, changed */
  readonly page?: (page: Page) => object;
  /** reads of this are answered so: by an error, or never */
  readonly reads?: 'refused' | 'hanging';
  /** started with the name of what is pressed once the rows are drawn */
  readonly press?: readonly RegExp[];
  readonly offline?: true;
  /** lines that must be read, as Playwright's `ariaSnapshot` writes them in English */
  readonly says: readonly string[];
}

const RUNNING = 'Warehouse Automation';
const amounts = ['crmjira_approved_budget', 'crmjira_spent_amount', 'crmjira_remaining_budget', 'crmjira_utilization'];

/** Changes the rows of one opportunity. */
const where =
  (opportunity: string, change: Row) =>
  (page: Page): object => ({
    ...page,
    value: page.value.map((row) => (JSON.stringify(row).includes(opportunity) ? { ...row, ...change } : row)),
  });

/** Rows around the one that is worked on, wherever the view's order has it. */
const around = (page: Page, before: number, after: number): Page => {
  const at = page.value.findIndex((row) => JSON.stringify(row).includes(RUNNING));
  return { ...page, value: page.value.slice(at - before, at + after) };
};

/** What the integration writes where no run brings two fields together (R-1506). */
const DIFFERENT = {
  crmjira_jira_amount: 200_000,
  crmjira_discrepancies: JSON.stringify([
    { field: 'approved', crm: '$180,000.00 CAD', jira: '$200,000.00 CAD', since: '2025-05-16T13:02:00Z' },
    { field: 'status', crm: 'Active', jira: 'Approved', since: '2025-05-15T20:40:00Z' },
  ]),
};

/** One row, in which every text that comes from Jira or from people is this; a discrepancy too. */
const only =
  (name: string, mapping: Row) =>
  (page: Page): object => ({
    ...page,
    value: page.value
      .filter((row) => JSON.stringify(row).includes(RUNNING))
      .map((row) => ({
        ...row,
        ...mapping,
        '_crmjira_opportunity_id_value@OData.Community.Display.V1.FormattedValue': name,
        crmjira_last_error_code: null,
        crmjira_discrepancies: JSON.stringify([
          { field: 'status', crm: name, jira: name, since: '2025-05-16T13:02:00Z' },
        ]),
      })),
  });

/** Every state of the data set control. */
export const portfolioScenes = {
  rows: {
    name: 'rows',
    press: [/^Select Warehouse/],
    says: [
      'columnheader "Forecast at completion"',
      'rowheader "Total approved, CAD"',
      'rowheader "Total approved, EUR"',
      '1 over budget',
    ],
  },
  few: {
    name: 'few rows',
    page: (page) => around(page, 2, 3),
    press: [/^Select Warehouse/],
    says: [],
  },
  charted: {
    name: 'charted',
    page: (page) => around(page, 2, 3),
    press: [/^Chart/],
    says: ['rowheader "Total approved, CAD"', 'button "Table"'],
  },
  details: {
    name: 'details',
    page: (page) => where(RUNNING, DIFFERENT)(around(page, 2, 2)),
    press: [/^Select Warehouse/, /^Resolve discrepancy/],
    says: ['Jira has $200,000.00', 'button "Use the value from Dynamics: Approved amount"', 'Work by month and person'],
  },
  sums: {
    name: 'sums only, stale',
    persona: 'sales-rep',
    page: where(RUNNING, {
      crmjira_last_error: 'Jira does not answer: it is tried again by itself.',
      crmjira_last_error_code: 'jira-unavailable',
      crmjira_last_sync_date: '2025-05-16T13:02:00Z',
    }),
    press: [/^Details of Warehouse/],
    says: ['Stale: 5 hours ago', "Jira is not responding. We'll retry automatically.", 'Sums only'],
  },
  masked: {
    name: 'masked',
    page: (page) => ({
      ...page,
      value: page.value
        .slice(0, 3)
        .map((row) =>
          Object.fromEntries(Object.entries(row).filter(([column]) => !amounts.some((one) => column.startsWith(one)))),
        ),
    }),
    says: ['Not known'],
  },
  more: {
    name: 'more pages',
    page: (page) => ({
      ...page,
      value: page.value.slice(0, 4),
      '@Microsoft.Dynamics.CRM.morerecords': true,
      '@Microsoft.Dynamics.CRM.totalrecordcount': 612,
    }),
    says: ['4 of 612 shown', 'rowheader "Total approved of the rows shown, CAD"', 'button "Load more"'],
  },
  empty: {
    name: 'empty',
    page: (page) => ({ ...page, value: [], '@Microsoft.Dynamics.CRM.totalrecordcount': 0 }),
    says: ['No project budget matches. Choose another view or filter.'],
  },
  unread: {
    name: 'unread',
    reads: 'refused',
    says: ['The project budgets could not be loaded.', 'Nothing was changed. Refresh the view to try again.'],
  },
  loading: { name: 'loading', reads: 'hanging', says: ['Loading the project budgets'] },
  offline: {
    name: 'offline',
    page: (page) => ({ ...page, value: page.value.slice(0, 2) }),
    offline: true,
    says: ['You are offline.'],
  },
  // Nothing to compare by eye: text that is only there to break a layout.
  markup: {
    name: 'markup',
    page: only(MARKUP, { ...jira(EMOJI, RIGHT_TO_LEFT, MARKUP, LINK), crmjira_last_error: LINK }),
    press: [/^Select <img/, /^Details of <img/],
    says: [MARKUP.replaceAll('"', '\\"'), EMOJI, LINK],
  },
  much: {
    name: 'much',
    page: only(LONG, { ...jira(LONG, LONG, LONG, `https://${LONG}`), crmjira_last_error: LONG }),
    press: [/^Details of W/],
    says: [MUCH],
  },
} as const satisfies Readonly<Record<string, PortfolioScene>>;
