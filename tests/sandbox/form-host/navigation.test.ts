import { type Place, addressOf, parentOf, placeOf } from '../../../sandbox/src/form-host/client/navigation';

const ROW = '12345678-abcd-4f12-8456-7890abcdef12';

test.each<Place>([
  { page: 'list' },
  { page: 'table', table: 'crmjira_integration_log', viewId: null },
  { page: 'table', table: 'crmjira_integration_log', viewId: ROW },
  { page: 'form', id: ROW },
  { page: 'record', table: 'crmjira_budget_mapping', id: ROW },
  { page: 'new-record', table: 'crmjira_time_record', values: {} },
  { page: 'new-record', table: 'crmjira_time_record', values: { crmjira_notes: 'a=b&c' } },
  { page: 'web-resource', name: 'crmjira_/pages/budget-burn.html', id: ROW, data: 'a=b&c' },
])('the address of %j leads to it', (place) => {
  expect(placeOf(new URL(addressOf(place), 'http://localhost:4000'))).toEqual(place);
});

test.each([
  'pagetype=entityrecord&etn=opportunity&id=../host',
  'pagetype=entityrecord&etn=a/../b&id=' + ROW,
  'pagetype=entitylist&etn=%2F%2Fevil.example',
  'pagetype=webresource&webresourceName=https://evil.example/a.html',
  'pagetype=dashboard',
  '',
])('an address that names no page of the sandbox, "%s", leads to the list', (query) => {
  expect(placeOf(new URL(`http://localhost:4000/main.aspx?${query}`))).toEqual({ page: 'list' });
});

test('a record that was opened by its address goes back to the list of its table', () => {
  expect(parentOf({ page: 'record', table: 'crmjira_integration_log', id: ROW })).toEqual({
    page: 'table',
    table: 'crmjira_integration_log',
    viewId: null,
  });
  expect(parentOf({ page: 'form', id: ROW })).toEqual({ page: 'list' });
});
