import { readSnapshots } from '../../../controls/form-data/src/budget/snapshots';

const days = Array.from({ length: 1_500 }, (_, n) =>
  new Date(Date.UTC(2021, 0, 1) + n * 86_400_000).toISOString().slice(0, 10),
);

/** Answers one page, as the platform does. */
const webApi = {
  retrieveMultipleRecords: (async (_table: string, options = '', most = 5_000) => {
    const descending = new URLSearchParams(options.slice(1)).get('$orderby') === 'crmjira_snapshot_date desc';
    const rows = days.map((day) => ({
      crmjira_snapshot_date: day,
      crmjira_spent_amount: 1,
      crmjira_approved_budget: 2,
    }));
    return { entities: (descending ? rows.reverse() : rows).slice(0, most), nextLink: '' };
  }) as unknown as ComponentFramework.WebApi['retrieveMultipleRecords'], // the platform's promise type differs from the language's
};

it('reads the newest days of a long history, oldest of them first (F-511)', async () => {
  const mapping = { id: 'a', currency: { code: 'CAD', symbol: '$' } } as unknown as Parameters<typeof readSnapshots>[1];
  const read = await readSnapshots(webApi, mapping);
  expect(read.map(({ day }) => day)).toEqual(days.slice(-1_200));
});
