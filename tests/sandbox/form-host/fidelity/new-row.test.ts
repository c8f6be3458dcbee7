/** @jest-environment jsdom */
import { FormSession } from '../../../../sandbox/src/form-host/client/form/form-session';
import type { Place } from '../../../../sandbox/src/form-host/client/navigation';
import { createXrm } from '../../../../sandbox/src/form-host/client/xrm/xrm-global';
import { definition, facts, nowhere, seller } from './open-form';

const ROW = '12345678-abcd-4f12-8456-7890abcdef12';
/** Dataverse requires the state, and gives it. */
const columns = { ...definition.columns, statecode: facts('State', { required: true }) };
const task = { ...definition, table: { ...definition.table, name: 'crmjira_task' }, columns, process: null };
const persona = { ...seller, privileges: { prvcreatecrmjira_task: 0 } };

test('H-186 R-1825 openForm without an id opens a new row with its values, which saving creates', async () => {
  const places: Place[] = [];
  const pageNavigator = {
    ...nowhere,
    go: (place: Place) => void places.push(place),
    replace: (place: Place) => void places.push(place),
  };
  const asked: (readonly [string, string, unknown])[] = [];
  const ask = async (address: string, { method = 'GET', body }: { method?: string; body?: string }) => {
    asked.push([method, address.split('?')[0] ?? '', body && JSON.parse(body)]);
    const headers = new Map([['odata-entityid', `https://host/api/data/v9.2/crmjira_tasks(${ROW})`]]);
    return { ok: true, status: 200, headers, json: async () => ({ name: 'Call Acme', statecode: 0 }) };
  };
  Object.assign(globalThis, { fetch: ask });

  const { Navigation } = createXrm({ definition, persona, language: 1033, pageNavigator });
  await Navigation.openForm({ entityName: 'crmjira_task' }, { budgetamount: 100, estimatedclosedate: '2025-06-30' });
  const [place] = places;
  if (place?.page !== 'new-record') throw new Error('No form of a new row was opened.');

  const session = new FormSession({
    ...{ id: '', values: place.values, definition: task, persona, language: 1033, pageNavigator },
    close: () => undefined,
  });
  await session.open();
  const { data, ui } = session.formContext;
  expect([asked, ui.getFormType(), data.entity.getId(), data.getIsDirty()]).toEqual([[], 1, '', true]);
  expect(session.isReadOnly('name')).toBe(false);

  session.change('name', 'Call Acme');
  const saved = jest.fn();
  data.entity.addOnPostSave(saved);
  expect(await session.save()).toBe(true);
  const sent = { name: 'Call Acme', budgetamount: 100, estimatedclosedate: '2025-06-30' };
  expect(asked[0]).toEqual(['POST', '/api/data/v9.2/crmjira_tasks', sent]);
  expect(saved.mock.calls[0][0].getEventArgs().getEntityReference().id).toBe(ROW);
  expect([places[1], data.getIsDirty()]).toEqual([{ page: 'record', table: 'crmjira_task', id: ROW }, false]);
});
