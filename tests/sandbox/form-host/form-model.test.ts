import { FormModel } from '../../../sandbox/src/form-host/client/form/form-model';
import { selectOf } from '../../../sandbox/src/form-host/client/form/record-columns';
import { definition } from './small-definition';

const row = {
  '@odata.etag': 'W/"1"',
  name: 'Acme',
  statecode: 0,
  budgetamount: 100,
  crmjira_project_budget: 50,
  _ownerid_value: 'o1',
  '_ownerid_value@OData.Community.Display.V1.FormattedValue': 'Olivia Owens',
  '_ownerid_value@Microsoft.Dynamics.CRM.lookuplogicalname': 'systemuser',
  transactioncurrencyid: { isocurrencycode: 'EUR' },
};

function opened() {
  const model = new FormModel('id', definition);
  model.take(row);
  return model;
}

test('reads what the form shows, lookups by their value columns and the currency beside', () => {
  expect(selectOf(opened().columns.values(), definition)).toBe(
    '$select=budgetamount,_ownerid_value,crmjira_project_budget,name,statecode,statuscode,_transactioncurrencyid_value&$expand=transactioncurrencyid($select=isocurrencycode)',
  );
  expect(opened().currency).toBe('EUR');
  expect(opened().value('ownerid')).toEqual({ id: 'o1', name: 'Olivia Owens', entityType: 'systemuser' });
});

test('a column that somebody is editing survives a newer row, the others follow it', () => {
  const model = opened();
  model.set('budgetamount', 200);
  model.take({ ...row, '@odata.etag': 'W/"2"', budgetamount: 150, crmjira_project_budget: 60 });
  expect([model.value('budgetamount'), model.value('crmjira_project_budget')]).toEqual([200, 60]);
  expect(model.isDirty).toBe(true);
  expect(model.etag).toBe('W/"2"');
});

test('only what changed is written, lookups by binding', () => {
  const model = opened();
  model.set('budgetamount', 250000);
  model.set('ownerid', { id: 'o2', name: 'Paul Martin', entityType: 'systemuser' });
  expect(model.changes()).toEqual({ budgetamount: 250000, 'ownerid@odata.bind': '/systemusers(o2)' });
});

test('an edit taken back is no change', () => {
  const model = opened();
  model.set('budgetamount', 200);
  model.set('budgetamount', 100);
  expect([model.isDirty, model.changes()]).toEqual([false, {}]);
});
