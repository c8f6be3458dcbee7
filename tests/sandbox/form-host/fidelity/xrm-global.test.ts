/** @jest-environment jsdom */
import type { Place } from '../../../../sandbox/src/form-host/client/navigation';
import type { PageNavigator } from '../../../../sandbox/src/form-host/client/xrm/navigation-api';
import { createXrm } from '../../../../sandbox/src/form-host/client/xrm/xrm-global';
import { definition, nowhere, openForm, seller } from './open-form';

const xrm = () => createXrm({ definition, persona: seller, language: 3084, pageNavigator: nowhere });

test('H-90 the global context names user, roles and language', () => {
  const { userSettings } = xrm().Utility.getGlobalContext();
  expect([userSettings.userId, userSettings.languageId, userSettings.roles.getAll()[0]?.name]).toEqual([
    '{87654321-ABCD-EF12-3456-7890ABCDEF12}',
    3084,
    'Salesperson',
  ]);
});

test('H-91 the client says whether it is online', () => {
  const { client } = xrm().Utility.getGlobalContext();
  const line = jest.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
  expect([client.isOffline(), client.getClientState()]).toEqual([true, 'Offline']);
  line.mockReturnValue(true);
  expect([client.isOffline(), client.getClientState()]).toEqual([false, 'Online']);
});

test('H-92 Xrm.WebApi takes ids with and without braces', async () => {
  const { session } = await openForm();
  const asked: string[] = [];
  const { fetch } = globalThis;
  Object.assign(globalThis, {
    fetch: (address: string, init: RequestInit) => {
      asked.push(address);
      return fetch(address, init);
    },
  });
  await xrm().WebApi.retrieveRecord('opportunity', session.formContext.data.entity.getId(), '?$select=name');
  expect(asked).toEqual(['/api/data/v9.2/opportunities(a1b2c3d4-e5f6-7890-abcd-ef1234567890)?$select=name']);
});

test('H-93 a confirmation tells whether it was confirmed', async () => {
  jest.spyOn(window, 'confirm').mockReturnValue(false);
  await expect(xrm().Navigation.openConfirmDialog({ text: 'Sure?' })).resolves.toEqual({ confirmed: false });
});

test('H-94 a handler is called with the execution context that gives it the form', async () => {
  const { form, attribute } = await openForm();
  const handler = jest.fn();
  attribute('budgetamount').addOnChange(handler);
  attribute('budgetamount').fireOnChange();
  const [context] = handler.mock.calls[0];
  context.setSharedVariable('seen', 1);
  expect([context.getFormContext(), context.getDepth(), context.getSharedVariable('seen')]).toEqual([form, 1, 1]);
});

const LINK_PAGE = { pageType: 'webresource', webresourceName: 'crmjira_/pages/link-project.html', data: 'id=1' };
const ROW = '12345678-abcd-4f12-8456-7890abcdef12';

/** The client API on a page that only remembers where it was sent. */
function travelling() {
  const places: Place[] = [];
  const pageNavigator: PageNavigator = {
    go: (place) => void places.push(place),
    openDialog: async (place) => {
      places.push(place);
      return { entityType: 'crmjira_budget_mapping', id: ROW, name: 'CRM-1' };
    },
  };
  return { places, ...createXrm({ definition, persona: seller, language: 1033, pageNavigator }) };
}

describe('dialogs', () => {
  beforeEach(() => {
    // jsdom knows the element, not what it does.
    HTMLDialogElement.prototype.showModal = function showModal() {
      this.open = true;
    };
    HTMLDialogElement.prototype.close = function close() {
      this.dispatchEvent(new Event('close'));
    };
  });

  test('H-96 navigateTo shows a web resource in a dialog and is done once that is closed', async () => {
    const closed = jest.fn();
    const options = { target: 2, position: 2, width: { value: 50, unit: '%' }, height: 400, title: 'Link' };
    const opened = xrm().Navigation.navigateTo(LINK_PAGE, options).then(closed);
    const dialog = document.querySelector('dialog');
    expect(dialog?.querySelector('iframe')?.getAttribute('src')).toBe(
      '/WebResources/crmjira_/pages/link-project.html?orgname=sandbox&orglcid=1033&userlcid=3084&data=id%3D1',
    );
    expect([dialog?.getAttribute('aria-label'), dialog?.style.width, dialog?.className]).toEqual([
      'Link',
      expect.stringContaining('50vw'),
      expect.stringContaining('at-side'),
    ]);
    expect(closed).not.toHaveBeenCalled();
    document.querySelector<HTMLElement>('dialog > button')?.click();
    await opened;
    expect(closed).toHaveBeenCalled();
    expect(document.querySelector('dialog')).toBeNull();
    const elsewhere = { ...LINK_PAGE, webresourceName: 'https://elsewhere.example/page.html' };
    await expect(xrm().Navigation.navigateTo(elsewhere, { target: 2 })).rejects.toThrow('no page of the product');
    expect(document.querySelector('dialog')).toBeNull();
  });

  test('H-97 a page in a dialog closes it by its own window.close', async () => {
    const opened = xrm().Navigation.navigateTo(LINK_PAGE, { target: 2 });
    const frame = document.querySelector<HTMLIFrameElement>('dialog iframe');
    frame?.dispatchEvent(new Event('load'));
    frame?.contentWindow?.close();
    await opened;
    expect(document.querySelector('dialog')).toBeNull();
  });
});

test('H-100 openForm goes to the form of a row, in a tab of its own when asked; a new row it refuses', async () => {
  const { places, Navigation } = travelling();
  await Navigation.openForm({ entityName: 'crmjira_integration_log', entityId: `{${ROW.toUpperCase()}}` });
  await Navigation.openForm({ entityName: 'opportunity', entityId: ROW });
  expect(places).toEqual([
    { page: 'record', table: 'crmjira_integration_log', id: ROW },
    { page: 'form', id: ROW },
  ]);
  const open = jest.spyOn(window, 'open').mockReturnValue(null);
  await Navigation.openForm({ entityName: 'opportunity', entityId: ROW, openInNewWindow: true });
  expect(open).toHaveBeenCalledWith(`/main.aspx?pagetype=entityrecord&etn=opportunity&id=${ROW}`, '_blank', 'noopener');
  await expect(Navigation.openForm({ entityName: 'opportunity' })).rejects.toThrow('no form for a new opportunity');
  await expect(Navigation.openForm({ entityName: 'a/b', entityId: ROW })).rejects.toThrow('cannot open');
  expect(places).toHaveLength(2);
});

test('H-101 navigateTo goes to a list by its view, which no dialog shows', async () => {
  const { places, Navigation } = travelling();
  await Navigation.navigateTo({ pageType: 'entitylist', entityName: 'crmjira_integration_log', viewId: `{${ROW}}` });
  await Navigation.navigateTo({ pageType: 'entitylist', entityName: 'crmjira_budget_mapping' });
  expect(places).toEqual([
    { page: 'table', table: 'crmjira_integration_log', viewId: ROW },
    { page: 'portfolio', viewId: null },
  ]);
  const list = { pageType: 'entitylist', entityName: 'crmjira_integration_log' };
  await expect(Navigation.navigateTo(list, { target: 2 })).rejects.toThrow('only be opened inline');
  await expect(Navigation.navigateTo({ pageType: 'dashboard' })).rejects.toThrow('no pages of the type "dashboard"');
});

test('H-102 navigateTo shows a record inline, or in a dialog that gives the record back', async () => {
  const { places, Navigation } = travelling();
  const record = { pageType: 'entityrecord', entityName: 'crmjira_budget_mapping', entityId: ROW };
  await expect(Navigation.navigateTo(record)).resolves.toBeUndefined();
  await expect(Navigation.navigateTo(record, { target: 2 })).resolves.toEqual({
    savedEntityReference: [{ entityType: 'crmjira_budget_mapping', id: ROW, name: 'CRM-1' }],
  });
  const place = { page: 'record', table: 'crmjira_budget_mapping', id: ROW };
  expect(places).toEqual([place, place]);
});

test('H-103 without a target a web resource is shown inline, with its data', async () => {
  const { places, Navigation } = travelling();
  await Navigation.navigateTo(LINK_PAGE);
  expect(places).toEqual([{ page: 'web-resource', name: LINK_PAGE.webresourceName, id: null, data: 'id=1' }]);
  expect(document.querySelector('dialog')).toBeNull();
});

test('H-95 a handler that throws stops neither the form nor the handlers after it', async () => {
  jest.spyOn(console, 'error').mockReturnValue(undefined);
  const { attribute } = await openForm();
  const after = jest.fn();
  attribute('budgetamount').addOnChange(() => {
    throw new Error('broken');
  });
  attribute('budgetamount').addOnChange(after);
  attribute('budgetamount').fireOnChange();
  expect(after).toHaveBeenCalled();
});
