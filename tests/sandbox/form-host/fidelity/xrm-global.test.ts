/** @jest-environment jsdom */
import { createXrm } from '../../../../sandbox/src/form-host/client/xrm/xrm-global';
import { definition, openForm, seller } from './open-form';

const xrm = () => createXrm({ definition, persona: seller, language: 3084 });

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

test('H-96 navigateTo shows a web resource in a dialog and is done once that is closed', async () => {
  // jsdom knows the element, not what it does.
  HTMLDialogElement.prototype.showModal = function showModal() {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function close() {
    this.dispatchEvent(new Event('close'));
  };
  const page = { pageType: 'webresource', webresourceName: 'crmjira_/pages/link-project.html', data: 'id=1' };
  const closed = jest.fn();
  const opened = xrm().Navigation.navigateTo(page).then(closed);
  const frame = document.querySelector('dialog iframe');
  expect(frame?.getAttribute('src')).toBe(
    '/WebResources/crmjira_/pages/link-project.html?orgname=sandbox&orglcid=1033&userlcid=3084&data=id%3D1',
  );
  expect(closed).not.toHaveBeenCalled();
  document.querySelector<HTMLElement>('dialog > button')?.click();
  await opened;
  expect(closed).toHaveBeenCalled();
  expect(document.querySelector('dialog')).toBeNull();
  const elsewhere = { ...page, webresourceName: 'https://elsewhere.example/page.html' };
  await expect(xrm().Navigation.navigateTo(elsewhere)).rejects.toThrow('pages of the product only');
  // A list that the host does not have is not opened, as a form that it does not have.
  const list = { pageType: 'entitylist', entityName: 'crmjira_integration_log' } as const;
  await expect(xrm().Navigation.navigateTo(list)).resolves.toBeUndefined();
  expect(document.querySelector('dialog')).toBeNull();
});

test('H-97 a page in a dialog closes it by its own window.close', async () => {
  HTMLDialogElement.prototype.showModal = () => undefined;
  HTMLDialogElement.prototype.close = function close() {
    this.dispatchEvent(new Event('close'));
  };
  const page = { pageType: 'webresource', webresourceName: 'crmjira_/pages/link-project.html', data: 'id=1' };
  const opened = xrm().Navigation.navigateTo(page);
  const frame = document.querySelector<HTMLIFrameElement>('dialog iframe');
  frame?.dispatchEvent(new Event('load'));
  frame?.contentWindow?.close();
  await opened;
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
