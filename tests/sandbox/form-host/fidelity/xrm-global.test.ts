/** @jest-environment jsdom */
import { fireEvent, screen } from '@testing-library/react';
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
    replace: (place) => void places.push(place),
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

  const pressed = (name: string) => fireEvent.click(screen.getByRole('button', { name }));

  test('H-93 F-123 a confirmation asks over the page and tells whether it was confirmed; Escape is a no', async () => {
    const { openConfirmDialog } = xrm().Navigation;
    const refused = openConfirmDialog({ text: 'Sure?', title: 'Budget' });
    expect(screen.getByRole('alertdialog', { name: 'Budget', description: 'Sure?' })).toHaveProperty('open', true);
    pressed('Annuler');
    await expect(refused).resolves.toEqual({ confirmed: false });
    const left = openConfirmDialog({ text: 'Sure?' });
    document.querySelector('dialog')?.close();
    await expect(left).resolves.toEqual({ confirmed: false });
    const confirmed = openConfirmDialog({ text: 'Sure?', confirmButtonLabel: 'Yes' });
    pressed('Yes');
    await expect(confirmed).resolves.toEqual({ confirmed: true });
    expect(document.querySelector('dialog')).toBeNull();
  });

  test('H-185 F-123 a message and an error stand over the page until they are closed', async () => {
    const { openAlertDialog, openErrorDialog } = xrm().Navigation;
    const told = openAlertDialog({ text: 'Done.' });
    screen.getByRole('alertdialog', { name: 'Message', description: 'Done.' });
    pressed('OK');
    await told;
    const failed = openErrorDialog({ message: 'It broke.' });
    screen.getByRole('alertdialog', { name: 'Erreur', description: 'It broke.' });
    pressed('OK');
    await failed;
    expect(document.querySelector('dialog')).toBeNull();
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

test('H-100 openForm goes to the form of a row, in a tab of its own when asked; a row to take values from it refuses', async () => {
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
  const createFromEntity = { entityType: 'account', id: ROW };
  const refused = Navigation.openForm({ entityName: 'opportunity', createFromEntity });
  await expect(refused).rejects.toThrow('whose values another row gives');
  await expect(Navigation.openForm({ entityName: 'a/b', entityId: ROW })).rejects.toThrow('cannot open');
  expect(places).toHaveLength(2);
});

test('H-101 navigateTo goes to a list by its view, which no dialog shows', async () => {
  const { places, Navigation } = travelling();
  await Navigation.navigateTo({ pageType: 'entitylist', entityName: 'crmjira_integration_log', viewId: `{${ROW}}` });
  await Navigation.navigateTo({ pageType: 'entitylist', entityName: 'crmjira_budget_mapping' });
  expect(places).toEqual([
    { page: 'table', table: 'crmjira_integration_log', viewId: ROW },
    { page: 'table', table: 'crmjira_budget_mapping', viewId: null },
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

describe('the rest of Xrm', () => {
  test('H-150 a global notification stands at the top of the page until it is cleared or closed, and runs its action', async () => {
    const { App } = xrm();
    const eventHandler = jest.fn();
    const id = await App.addGlobalNotification({
      type: 2,
      level: 3,
      message: 'Budget at 85 %',
      showCloseButton: true,
      action: { actionLabel: 'Open', eventHandler },
    });
    const bars = () => [...document.querySelectorAll<HTMLElement>('#global-notifications > *')];
    expect(bars().map(({ className, textContent }) => [className, textContent])).toEqual([
      ['message warning', 'Budget at 85 %Open×'],
    ]);
    const [open, close] = bars()[0]?.querySelectorAll('button') ?? [];
    open?.click();
    expect(eventHandler).toHaveBeenCalledTimes(1);
    close?.click();
    expect(bars()).toEqual([]);
    const other = await App.addGlobalNotification({ type: 2, level: 2, message: 'No way to close' });
    expect([id === other, bars()[0]?.querySelector('button')]).toEqual([false, null]);
    await App.clearGlobalNotification(other);
    expect(bars()).toEqual([]);
    await expect(App.addGlobalNotification({ type: 1, level: 1, message: '' })).rejects.toThrow('type 1 and level 1');
  });

  test('H-151 text is encoded for HTML and XML, and decoded', () => {
    const { Encoding } = xrm();
    const text = `<a title="x">Tom & Ann's</a>`;
    expect(Encoding.htmlEncode(text)).toBe('&lt;a title=&quot;x&quot;&gt;Tom &amp; Ann&#39;s&lt;/a&gt;');
    expect(Encoding.htmlDecode(Encoding.htmlEncode(text))).toBe(text);
    expect(Encoding.htmlAttributeEncode(text)).toBe('&lt;a title=&quot;x&quot;>Tom &amp; Ann&#39;s&lt;/a>');
    expect(
      [Encoding.xmlEncode(text), Encoding.xmlAttributeEncode(text)]
        .map(
          (encoded) => new DOMParser().parseFromString(`<r a="${encoded}">${encoded}</r>`, 'text/xml').documentElement,
        )
        .map((root) => [root.getAttribute('a'), root.textContent]),
    ).toEqual([
      [text, text],
      [text, text],
    ]);
  });

  test('H-152 a progress indicator covers the page with its words until it is closed', () => {
    const { Utility } = xrm();
    Utility.showProgressIndicator('Creating the project');
    Utility.showProgressIndicator('Almost done');
    expect([...document.querySelectorAll('[role=status]')].map(({ textContent }) => textContent)).toEqual([
      'Almost done',
    ]);
    Utility.closeProgressIndicator();
    expect(document.querySelector('[role=status]')).toBeNull();
  });

  test('H-153 the page context tells what is shown: a row, or a list by its view', () => {
    const { Utility } = xrm();
    const at = (address: string) => {
      history.replaceState(null, '', address);
      return Utility.getPageContext().input;
    };
    expect(at(`/main.aspx?pagetype=entityrecord&etn=crmjira_budget_mapping&id=${ROW}`)).toEqual({
      pageType: 'entityrecord',
      entityName: 'crmjira_budget_mapping',
      entityId: ROW,
    });
    expect(at(`/main.aspx?pagetype=entitylist&etn=crmjira_integration_log&viewid=${ROW}`)).toEqual({
      pageType: 'entitylist',
      entityName: 'crmjira_integration_log',
      viewId: ROW,
      viewType: 'savedquery',
    });
    expect(at('/')).toEqual({ pageType: 'entitylist', entityName: 'opportunity' });
  });

  test('H-154 openWebResource opens a page of the product in a tab of its own, and nothing else', () => {
    const open = jest.spyOn(window, 'open').mockReturnValue(null);
    xrm().Navigation.openWebResource('crmjira_/pages/link-project.html', {}, 'id=1');
    const address = '/main.aspx?pagetype=webresource&webresourceName=crmjira_%2Fpages%2Flink-project.html&data=id%3D1';
    expect(open.mock.calls).toEqual([[address, '_blank', 'noopener']]);
    expect(() => xrm().Navigation.openWebResource('https://elsewhere.example')).toThrow('no page of the product');
  });

  test('H-155 execute calls an action or a function, bound to a row or not, and refuses the rest', async () => {
    const sent: unknown[][] = [];
    Object.assign(globalThis, {
      fetch: async (address: string, { method, body }: { method: string; body?: string }) => {
        sent.push([method, decodeURIComponent(address.replace('/api/data/v9.2/', '')), body && JSON.parse(body)]);
        return { ok: true, status: 204 };
      },
    });
    const { execute } = xrm().WebApi.online;
    const opportunity = { entityType: 'opportunity', id: `{${ROW.toUpperCase()}}` };
    const of =
      (operationName: string, operationType: number, names: readonly string[], boundParameter?: string) => () => ({
        operationName,
        operationType,
        boundParameter: boundParameter ?? null,
        parameterTypes: Object.fromEntries(
          [...names, ...(boundParameter ? [boundParameter] : [])].map((name) => [name, {}]),
        ),
      });
    const answer = await execute({ getMetadata: of('WinOpportunity', 0, ['Status', 'Absent']), Status: 3 });
    expect(answer.ok).toBe(true);
    await execute({
      getMetadata: of('crmjira_Check', 0, ['Target'], 'entity'),
      entity: opportunity,
      Target: opportunity,
    });
    await execute({
      getMetadata: of('crmjira_Find', 1, ['Name', 'Count', 'Row']),
      Name: `Ann's`,
      Count: 2,
      Row: opportunity,
    });
    await execute({ getMetadata: of('WhoAmI', 1, []) });
    expect(sent).toEqual([
      ['POST', 'WinOpportunity', { Status: 3 }],
      [
        'POST',
        `opportunities(${ROW})/Microsoft.Dynamics.CRM.crmjira_Check`,
        { Target: { '@odata.type': 'Microsoft.Dynamics.CRM.opportunity', opportunityid: ROW } },
      ],
      [
        'GET',
        `crmjira_Find(Name=@p1,Count=@p2,Row=@p3)?@p1='Ann''s'&@p2=2&@p3={"@odata.id":"opportunities(${ROW})"}`,
        undefined,
      ],
      ['GET', 'WhoAmI()', undefined],
    ]);
    await expect(execute({ getMetadata: of('Create', 2, []) })).rejects.toThrow('not Create');
  });

  test('H-156 no table is available offline', () => {
    expect(xrm().WebApi.isAvailableOffline()).toBe(false);
  });

  test('H-157 Xrm.Page is still the form, where there is one', async () => {
    const { form } = await openForm();
    expect(Reflect.get(Object(Reflect.get(window, 'Xrm')), 'Page')).toBe(form);
    expect(() => Reflect.get(xrm(), 'Page')).toThrow('Xrm on a page without a form.Page');
  });

  test('H-158 user settings have the patterns of the language', () => {
    const { userSettings } = xrm().Utility.getGlobalContext();
    expect([userSettings.dateFormattingInfo.monthNames[0], userSettings.isHighContrastEnabled]).toEqual([
      'janvier',
      false,
    ]);
  });

  test('H-159 addresses of web resources, and paths with the name of the organization', () => {
    const context = xrm().Utility.getGlobalContext();
    expect([context.getWebResourceUrl('crmjira_/pages/a.html'), context.prependOrgName('/a')]).toEqual([
      '/WebResources/crmjira_/pages/a.html',
      '/a',
    ]);
  });

  test('H-183 getResourceString: the language of the user, else of the organization, else null', () => {
    const resourceStrings = { AppResources: { 1033: { hello: 'Hello', only: 'Only' }, 3084: { hello: 'Bonjour' } } };
    const { Utility } = createXrm({
      definition: { ...definition, resourceStrings },
      persona: seller,
      language: 3084,
      pageNavigator: nowhere,
    });
    const text = (key: string) => Utility.getResourceString('new_/strings/AppResources', key);
    expect([text('hello'), text('only'), text('none')]).toEqual(['Bonjour', 'Only', null]);
  });

  test('H-184 getResourceString of a RESX web resource that is not there throws', () => {
    expect(() => xrm().Utility.getResourceString('new_/strings/Other', 'hello')).toThrow(
      new Error('new_/strings/Other does not exist.'),
    );
  });

  test('H-160 the execution context gives the global context', async () => {
    const { attribute } = await openForm();
    const handler = jest.fn();
    attribute('budgetamount').addOnChange(handler);
    attribute('budgetamount').fireOnChange();
    expect(handler.mock.calls[0][0].getContext().userSettings.userName).toBe('Olivia Owens');
  });
});
