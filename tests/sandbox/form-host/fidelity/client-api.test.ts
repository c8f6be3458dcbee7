/** @jest-environment jsdom */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NotThereError, refused } from '../../../../sandbox/src/form-host/client/xrm/not-there';
import { refusedMembers } from '../../../../sandbox/src/form-host/client/xrm/refused-members';
import { gridsOn } from './approval-grids';
import { membersOf } from './client-api-members';
import { definition, openForm } from './open-form';

const first = <T>(found: T | readonly T[] | null): T => {
  if (found === null || Array.isArray(found)) throw new Error('There is no such part.');
  return found as T;
};

/** Every object of the client API that a form script reaches, by its interface. */
async function reachable(): Promise<readonly (readonly [string, object])[]> {
  const { form, attribute, control, grid } = await openForm({ definition: gridsOn(definition) });
  // What the session put where scripts look for it.
  const { Xrm: api } = window as unknown as {
    Xrm: Record<'Utility' | 'Navigation' | 'WebApi' | 'App' | 'Encoding', object>;
  };
  const { online, offline } = api.WebApi as Record<'online' | 'offline', object>;
  const context = (api.Utility as { getGlobalContext: () => Record<string, object> }).getGlobalContext();
  const { userSettings = {}, organizationSettings = {}, client = {} } = context;
  const tab = first(form.ui.tabs.get('summary'));
  const { process } = form.data;
  const stage = process?.getActiveStage();
  if (!process || !stage) throw new Error('There is no process.');
  return [
    ['Xrm.XrmStatic', api],
    ['Xrm.Utility', api.Utility],
    ['Xrm.Navigation', api.Navigation],
    ['Xrm.WebApi', api.WebApi],
    ['Xrm.WebApiOnline', online],
    ['Xrm.WebApiOffline', offline],
    ['Xrm.App', api.App],
    ['Xrm.Encoding', api.Encoding],
    ['Xrm.GlobalContext', context],
    ['Xrm.UserSettings', userSettings],
    ['Xrm.OrganizationSettings', organizationSettings],
    ['Xrm.ClientContext', client],
    ['Xrm.FormContext', form],
    ['Xrm.Data', form.data],
    ['Xrm.Entity', form.data.entity],
    ['Xrm.Ui', form.ui],
    ['Xrm.Controls.HeaderSection', form.ui.headerSection],
    ['Xrm.Controls.ProcessControl', form.ui.process],
    ['Xrm.Controls.FormSelector', form.ui.formSelector],
    ['Xrm.Controls.FormItem', first(form.ui.formSelector.items.get('form'))],
    ['Xrm.Attributes.StringAttribute', attribute('name')],
    ['Xrm.Attributes.NumberAttribute', attribute('budgetamount')],
    ['Xrm.Attributes.OptionSetAttribute', attribute('prioritycode')],
    ['Xrm.Attributes.BooleanAttribute', attribute('prioritycode')],
    ['Xrm.Attributes.LookupAttribute', attribute('ownerid')],
    ['Xrm.Attributes.DateAttribute', attribute('estimatedclosedate')],
    ['Xrm.Controls.StringControl', control('name')],
    ['Xrm.Controls.NumberControl', control('budgetamount')],
    ['Xrm.Controls.DateControl', control('estimatedclosedate')],
    ['Xrm.Controls.LookupControl', control('ownerid')],
    ['Xrm.Controls.OptionSetControl', control('prioritycode')],
    ['Xrm.Controls.GridControl', grid('approvals')],
    ['Xrm.Controls.Grid', grid('approvals').getGrid()],
    ['Xrm.Controls.ViewSelector', grid('approvals').getViewSelector()],
    ['Xrm.Controls.Tab', tab],
    ['Xrm.Controls.Section', first(tab.sections.get('main'))],
    ['Xrm.Collection.ItemCollection', form.ui.tabs],
    ['Xrm.ProcessFlow.ProcessManager', process],
    ['Xrm.ProcessFlow.Process', process.getActiveProcess()],
    ['Xrm.ProcessFlow.Stage', stage],
    ['Xrm.ProcessFlow.Step', first(stage.getSteps()[0] ?? null)],
  ];
}

/** A member is there, or says by name that it is not. */
function isSilent(api: object, member: string): boolean {
  try {
    return Reflect.get(api, member) === undefined;
  } catch (error) {
    if (error instanceof NotThereError) return false;
    throw error;
  }
}

test('no member of the client API is silently undefined: it is there, or refused by name', async () => {
  const silent = (await reachable()).flatMap(([name, api]) =>
    membersOf(name)
      .filter((member) => isSilent(api, member))
      .map((member) => `${name}.${member}`),
  );
  expect(silent).toEqual([]);
});

test('what is refused is not enumerable, and hides nothing that is there', async () => {
  const api = refused('Xrm.App', { addGlobalNotification: 1 });
  expect({ ...api }).toEqual({ addGlobalNotification: 1 });
  expect(() => Reflect.get(api, 'sidePanes')).toThrow('The host does not have Xrm.App.sidePanes.');
});

test('docs/host-fidelity.md lists what is refused by name', () => {
  const text = readFileSync(join(__dirname, '..', '..', '..', '..', 'docs', 'host-fidelity.md'), 'utf8');
  const [, part = ''] = text.split('## Refused by name');
  const rows = [...part.matchAll(/^\| ([^|]+?) +\| ([^|]+?) +\|$/gm)].slice(2);
  const listed = rows.map(([, name, members]) => [
    name,
    [...(members ?? '').matchAll(/`(\w+)`/g)].map(([, member]) => member),
  ]);
  expect(Object.fromEntries(listed)).toEqual(
    Object.fromEntries(Object.entries(refusedMembers).map(([name, members]) => [name, [...members]])),
  );
});
