import '@testing-library/jest-dom';
import * as React from 'react';
import { fireEvent, render, screen, within } from '@testing-library/react';
import { ReportPage } from '../../../webresources/src/pages/final-report/report-page';
import { csvName, csvText } from '../../../webresources/src/pages/platform/csv';
import { pageFormat } from '../../../webresources/src/pages/platform/page-format';

const REPORT = '88888888-8888-4888-8888-888888888888';
const row = {
  crmjira_project_name: 'Digital Transformation',
  crmjira_project_key: 'CRMABC',
  crmjira_generated_on: '2025-06-15T20:00:00Z',
  crmjira_completion_date: '2025-06-15T00:00:00Z',
  crmjira_approved: 250_000,
  crmjira_actual: 13_250,
  crmjira_variance: -236_750,
  crmjira_variance_percentage: -94.7,
  crmjira_performance: 1,
  crmjira_efficiency_rating: 1,
  crmjira_total_hours: 106,
  crmjira_average_hourly_rate: 125,
  crmjira_avg_daily_hours: 0.7,
  crmjira_duration_days: 151,
  _crmjira_budget_mapping_id_value: 'm1',
  transactioncurrencyid: { isocurrencycode: 'CAD', currencysymbol: '$' },
};
const day = (date: string, spent: number, hours: number) => ({
  crmjira_snapshot_date: date,
  crmjira_spent_amount: spent,
  crmjira_approved_budget: 250_000,
  crmjira_total_hours: hours,
});
/** newest first, as asked */
const days = [day('2025-06-15', 13_250, 106), day('2025-03-31', 10_000, 80), day('2025-03-01', 1_250, 10)];
const categories = [
  { crmjira_name: '=cmd|calc', crmjira_type: 1, crmjira_budget_amount: 200_000, crmjira_default_rate: 125 },
];

beforeEach(() => {
  // jsdom has no canvas to measure texts with.
  jest.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(null);
});

interface Setting {
  readonly row?: Record<string, unknown>;
  readonly tables?: Record<string, unknown[] | Error>;
  readonly id?: string | null;
}

function show(language: 1033 | 3084, { row: shown = row, tables = {}, id = REPORT }: Setting = {}) {
  const rows: Record<string, unknown[] | Error> = {
    crmjira_budget_snapshot: days,
    crmjira_budget_category: categories,
    ...tables,
  };
  Object.assign(globalThis, {
    ResizeObserver: class {
      observe = (): void => undefined;
      disconnect = (): void => undefined;
    },
    Xrm: {
      Utility: { getGlobalContext: () => ({ userSettings: { getTimeZoneOffsetMinutes: () => -240 } }) },
      WebApi: {
        retrieveRecord: async () => shown,
        retrieveMultipleRecords: async (table: string) => {
          const found = rows[table] ?? [];
          if (found instanceof Error) throw found;
          return { entities: found };
        },
      },
    },
  });
  const settings = { language, theme: null, recordId: id };
  return render(<ReportPage facts={{ language, format: pageFormat(language, () => -240), dark: false, settings }} />);
}

const figure = (name: string): string | null | undefined => screen.getByText(name).nextElementSibling?.textContent;
const plain = (text: string | null | undefined): string => (text ?? '').replaceAll(/[\u00a0\u202f]/g, ' ');

it('shows the figures with their signs, the months and the categories (F-118)', async () => {
  show(1033);
  await screen.findByRole('heading', { name: 'Final report – Digital Transformation' });
  expect(plain(figure('Variance'))).toBe('-$236,750.00 CAD');
  expect(figure('Variance in percent')).toBe('-94.7%');
  expect(figure('Busiest month')).toBe('March 2025');
  expect(figure('Duration')).toBe('151 days');
  expect(figure('Completed on')).toBe('Jun\u00a014, 2025');
  const months = screen.getByRole('table', { name: 'By month' });
  expect(
    within(months)
      .getAllByRole('row')
      .map(({ textContent }) => plain(textContent)),
  ).toEqual([
    'MonthSpent in the monthHoursSpent to dateShare of budget',
    'March 2025$10,000.00 CAD80.00$10,000.00 CAD4.0%',
    'June 2025$3,250.00 CAD26.00$13,250.00 CAD5.3%',
    'Total$13,250.00 CAD106.00',
  ]);
  expect(screen.getByRole('table', { name: 'By budget category' })).toHaveTextContent('=cmd|calc');
  expect(plain(screen.getByRole('img').getAttribute('aria-label'))).toBe(
    'Spent $13,250.00 CAD of $250,000.00 CAD approved by Jun 15, 2025.',
  );
});

it('speaks French to its reader, also of the month that is stored in English (F-117, F-118)', async () => {
  show(3084, { row: { ...row, crmjira_peak_month: 'March 2025' } });
  await screen.findByRole('heading', { name: 'Rapport final – Digital Transformation' });
  expect(plain(figure('Écart en pourcentage'))).toBe('-94,7 %');
  expect(plain(figure('Coût réel'))).toBe('13 250,00 $ CAD');
  expect(figure('Mois le plus chargé')).toBe('mars 2025');
});

it('is printed by the browser and exported as a file (F-118)', async () => {
  const files: Blob[] = [];
  const names: string[] = [];
  const print = jest.spyOn(window, 'print').mockImplementation(() => undefined);
  const click = jest.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    names.push(this.download);
  });
  Object.assign(URL, {
    createObjectURL: (file: Blob) => (files.push(file), 'blob:report'),
    revokeObjectURL: () => undefined,
  });
  show(1033);
  fireEvent.click(await screen.findByRole('button', { name: 'Print or save as PDF' }));
  expect(print).toHaveBeenCalledTimes(1);
  fireEvent.click(screen.getByRole('button', { name: 'Export to CSV' }));
  expect(names).toEqual(['final-report-CRMABC.csv']);
  expect(files[0]?.type).toBe('text/csv;charset=utf-8');
  expect(screen.getByRole('status')).toHaveTextContent('The file final-report-CRMABC.csv was downloaded.');
  click.mockRestore();
  print.mockRestore();
});

it('leaves out what a role may not read, and says what it has not (F-118)', async () => {
  const forbidden = Object.assign(new Error('prvRead'), { errorCode: 0x80040220 });
  const tables = { crmjira_budget_snapshot: forbidden, crmjira_budget_category: [] };
  show(1033, { row: { ...row, crmjira_actual: null }, tables });
  await screen.findByRole('heading', { name: 'Final report – Digital Transformation' });
  expect(figure('Actual cost')).toBe('Not available');
  expect(screen.queryByRole('img')).toBeNull();
  expect(screen.getByText('The budget was not divided into categories.')).toBeInTheDocument();
});

it('says where it is opened from when its address names no report (F-118)', async () => {
  show(1033, { id: null });
  expect(await screen.findByText('There is no such report.')).toBeInTheDocument();
  expect(screen.queryByRole('button')).toBeNull();
});

it('writes a table that a spreadsheet of the language opens, and no formula (F-118)', () => {
  const rows = [['Name', '=1+1', 'a "b"; c'], ['Écart', -94.7, null], []];
  expect(csvText(rows, 1033)).toBe('\uFEFFName,\'=1+1,"a ""b""; c"\r\nÉcart,-94.7,\r\n\r\n');
  expect(csvText(rows, 3084)).toBe('\uFEFFName;\'=1+1;"a ""b""; c"\r\nÉcart;-94,7;\r\n\r\n');
  expect(csvName('final-report-../A B')).toBe('final-report--A-B.csv');
});
