/** @jest-environment jsdom */
import * as React from 'react';
import { act, cleanup, render } from '@testing-library/react';
import type { ControlDefinition, FormControl } from '../../../../sandbox/src/form-host/contract';
import { FieldCell } from '../../../../sandbox/src/form-host/client/form/cell';
import type { FormSession } from '../../../../sandbox/src/form-host/client/form/form-session';
import { ControlCell } from '../../../../sandbox/src/form-host/client/pcf/control-cell';
import { createControlContext } from '../../../../sandbox/src/form-host/client/pcf/control-context';
import { hostTheme } from '../../../../sandbox/src/form-host/client/pcf/design-language';
import { installComponentFramework } from '../../../../sandbox/src/form-host/client/pcf/registry';
import { administrator, definition as form, openForm, seller, withoutKey } from './open-form';

const parts: ControlDefinition = {
  name: 'Test.Control',
  bundle: '/controls/test/bundle.js',
  styles: [],
  properties: [
    { name: 'key', usage: 'bound', type: 'SingleLine.Text' },
    { name: 'budget', usage: 'bound', type: 'Currency' },
    { name: 'owner', usage: 'bound', type: 'Lookup.Simple' },
    { name: 'limit', usage: 'input', type: 'Whole.None' },
  ],
  strings: { '1033': { title: 'Budget', only: 'English only' }, '3084': { title: 'Budget (fr)' } },
};
const placement = {
  name: 'crmjira_Test.Control',
  parameters: {
    key: { column: 'crmjira_jira_project_key' },
    budget: { column: 'budgetamount' },
    owner: { column: 'ownerid' },
    limit: { constant: '80' },
  },
};
const cell: FormControl = { id: 'c', kind: 'custom', column: 'budgetamount', disabled: false, custom: placement };

async function contextOf(options: Parameters<typeof openForm>[0] = {}, control: Partial<FormControl> = {}) {
  const { session } = await openForm(options);
  return contextIn(session, control);
}
function contextIn(session: FormSession, control: Partial<FormControl> = {}, theme: 'light' | 'dark' = 'light') {
  const context = createControlContext({
    session,
    control: { ...cell, ...control },
    placement,
    definition: parts,
    theme: hostTheme(theme),
    width: -1,
    updatedProperties: [],
    trackResize: () => undefined,
    requestRender: () => undefined,
  });
  // contextInfo and the parameters of this very component are not in the general type
  return context as unknown as TestContext;
}

interface TestContext extends Omit<ComponentFramework.Context<unknown>, 'parameters' | 'mode'> {
  readonly parameters: Readonly<
    Record<
      string,
      { raw: unknown; formatted: string; security?: { editable: boolean; readable: boolean; secured: boolean } }
    >
  >;
  readonly mode: ComponentFramework.Mode & { contextInfo: { entityId: string; entityTypeName: string } };
}

const online = (value: boolean) => jest.spyOn(navigator, 'onLine', 'get').mockReturnValue(value);

test('H-28 a column that the person may not read stands as asterisks, locked, and nobody can type there', async () => {
  const { session } = await openForm({ persona: withoutKey, row: { crmjira_jira_project_key: null } });
  const field = (name: string) =>
    render(
      React.createElement(FieldCell, { name, label: name, session, readOnly: session.isReadOnly(name), locked: false }),
    );
  const hidden = field('crmjira_jira_project_key').getByRole('textbox');
  expect(hidden).toHaveProperty('value', '******');
  expect(hidden).toHaveProperty('readOnly', true);
  cleanup();
  field('crmjira_jira_project_key').getByText('(Hidden from you by column security)', { exact: false });
  cleanup();
  expect(field('budgetamount').getByRole('textbox')).toHaveProperty('value', '$100.00');
  cleanup();
});

describe('the context of a code component', () => {
  test('H-70 a bound parameter has its raw and its formatted value, a constant its type', async () => {
    const { parameters } = await contextOf();
    expect(parameters['budget']).toMatchObject({ raw: 100, formatted: '$100.00' });
    expect(parameters['owner']?.raw).toEqual([{ id: 'o1', name: 'Olivia Owens', entityType: 'systemuser' }]);
    expect(parameters['limit']?.raw).toBe(80);
  });

  test('H-71 column security of the bound column: secured and not editable without the profile', async () => {
    const key = async (persona: typeof seller) => (await contextOf({ persona })).parameters['key']?.security;
    await expect(key(seller)).resolves.toEqual({ secured: true, readable: true, editable: false });
    await expect(key(administrator)).resolves.toEqual({ secured: true, readable: true, editable: true });
  });

  test('H-88 a bound column that the person may not read: no value, not readable, not editable', async () => {
    const { parameters } = await contextOf({ persona: withoutKey, row: { crmjira_jira_project_key: null } });
    expect(parameters['key']).toMatchObject({
      raw: null,
      formatted: '',
      security: { secured: true, readable: false, editable: false },
    });
  });

  test('H-72 isControlDisabled where FormXml locks the cell or the record is closed', async () => {
    const disabled = [
      (await contextOf()).mode.isControlDisabled,
      (await contextOf({}, { disabled: true })).mode.isControlDisabled,
      (await contextOf({ row: { statecode: 1 } })).mode.isControlDisabled,
    ];
    expect(disabled).toEqual([false, true, true]);
  });

  test('H-73 the id of the record stands in mode.contextInfo', async () => {
    const { contextInfo } = (await contextOf()).mode;
    expect([contextInfo.entityId, contextInfo.entityTypeName]).toEqual([
      'a1b2c3d4-e5f6-7890-abcd-ef1234567890',
      'opportunity',
    ]);
  });

  test('H-74 texts come from the resx of the user’s language, from English where it has none, else the key', async () => {
    const { resources } = await contextOf({ language: 3084 });
    expect(['title', 'only', 'none'].map((key) => resources.getString(key))).toEqual([
      'Budget (fr)',
      'English only',
      'none',
    ]);
  });

  test('H-75 F-122 numbers, money and dates follow the language of the user and the currency of the record', async () => {
    const french = (await contextOf({ language: 3084, row: { transactioncurrencyid: { isocurrencycode: 'EUR' } } }))
      .formatting;
    const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');
    expect(plain(french.formatCurrency(1234.5))).toBe('1 234,50 €');
    expect(plain(french.formatDecimal(1234.5))).toBe('1 234,50');
    const { formatting } = await contextOf();
    expect(formatting.formatCurrency(1234.5)).toBe('$1,234.50');
    expect([formatting.formatCurrency(-1947.5, 2, '$'), plain(french.formatCurrency(-1947.5, 2, '$'))]).toEqual([
      '-$1,947.50',
      '-1 947,50 $',
    ]);
    const moment = new Date(2026, 7, 17, 21, 50);
    expect([french, formatting].map((one) => one.formatDateShort(moment, true))).toEqual([
      '2026-08-17 21:50',
      '2026-08-17 21:50',
    ]);
    expect(french.formatTime(moment, 1)).toContain('21:50');
  });

  test('H-76 user settings: language, roles, number and date patterns', async () => {
    const { userSettings } = await contextOf({ language: 3084 });
    expect([userSettings.languageId, userSettings.isRTL, userSettings.securityRoles]).toEqual([3084, false, ['r1']]);
    expect(userSettings.numberFormattingInfo.numberDecimalSeparator).toBe(',');
    expect(userSettings.dateFormattingInfo.monthNames[0]).toBe('janvier');
  });

  test('H-77 hasEntityPrivilege answers by the person’s roles and the depth that is asked for', async () => {
    const { utils } = await contextOf();
    // 1 = create, 2 = read; 0 = basic, 1 = local, 3 = global
    expect(utils.hasEntityPrivilege('crmjira_command', 1, 0)).toBe(true);
    expect(utils.hasEntityPrivilege('crmjira_command', 2, 0)).toBe(false);
    expect(utils.hasEntityPrivilege('opportunity', 2, 1)).toBe(true);
    expect(utils.hasEntityPrivilege('opportunity', 2, 3)).toBe(false);
  });

  test('H-78 offline flags follow the network', async () => {
    const { client } = await contextOf();
    online(false);
    expect([client.isOffline(), client.isNetworkAvailable()]).toEqual([true, false]);
    online(true);
    expect([client.isOffline(), client.isNetworkAvailable(), client.getClient()]).toEqual([false, true, 'Web']);
  });

  test('H-79 the form factor of a narrow window is a phone', async () => {
    const { client } = await contextOf();
    const before = window.innerWidth;
    const factorAt = (width: number) => {
      Object.assign(window, { innerWidth: width });
      return client.getFormFactor();
    };
    expect([factorAt(400), factorAt(1280)]).toEqual([3, 1]);
    factorAt(before);
  });

  test('H-80 the design language carries brand, tokens and whether it is dark', async () => {
    const { session } = await openForm();
    const [light, dark] = (['light', 'dark'] as const).map(
      (theme) => contextIn(session, {}, theme).fluentDesignLanguage,
    );
    expect([light?.isDarkTheme, dark?.isDarkTheme]).toEqual([false, true]);
    expect(light?.tokenTheme['colorNeutralBackground1']).toBe('#ffffff');
    expect(dark?.tokenTheme['colorNeutralBackground1']).not.toBe('#ffffff');
  });

  test('H-81 webAPI reads and writes by logical table names, and refuses with errorCode and message', async () => {
    const { session, server } = await openForm();
    const { webAPI } = contextIn(session);
    await expect(webAPI.retrieveRecord('opportunity', session.parts.id)).resolves.toMatchObject({ name: 'Acme' });
    await expect(webAPI.updateRecord('opportunity', session.parts.id, { description: 'x' })).resolves.toMatchObject({
      entityType: 'opportunity',
    });
    expect(server.written).toEqual([{ description: 'x' }]);
    server.refuse = true;
    await expect(webAPI.updateRecord('opportunity', session.parts.id, {})).rejects.toMatchObject({
      message: 'The plug-in refused it.',
      errorCode: 0x80040265,
    });
  });

  test('H-82 device functions that a browser page has not are refused, not silent', async () => {
    await expect((await contextOf()).device.captureImage()).rejects.toThrow('does not exist on this page');
  });
});

describe('the lifecycle of a code component', () => {
  const log: string[] = [];
  let tracks = true;
  let notify: (() => void) | undefined;

  class Recorder {
    init(context: ComponentFramework.Context<unknown>, notifyOutputChanged?: () => void) {
      log.push(`init ${context.mode.allocatedWidth}`);
      notify = notifyOutputChanged;
      if (tracks) context.mode.trackContainerResize(true);
    }
    updateView(context: ComponentFramework.Context<unknown>) {
      log.push(`updateView ${context.mode.allocatedWidth}`);
      return React.createElement('p', null, 'drawn');
    }
    getOutputs() {
      return { budget: 777 };
    }
    destroy() {
      log.push('destroy');
    }
  }

  let resize: (width: number) => void = () => undefined;
  beforeEach(() => {
    log.splice(0);
    tracks = true;
    class Observer {
      constructor(report: (entries: { contentRect: { width: number } }[]) => void) {
        resize = (width) => report([{ contentRect: { width } }]);
      }
      observe() {}
      disconnect() {}
    }
    Object.assign(globalThis, { ResizeObserver: Observer });
    jest
      .spyOn(HTMLElement.prototype, 'getBoundingClientRect')
      .mockReturnValue({ width: 640, height: 0, top: 0, left: 0, right: 0, bottom: 0, x: 0, y: 0, toJSON: () => null });
    installComponentFramework();
    // the bundle registers its class when the browser runs it
    jest.spyOn(document.head, 'append').mockImplementation((element) => {
      const framework: Record<string, (name: string, control: unknown) => void> = Object(
        Reflect.get(window, 'ComponentFramework'),
      );
      framework['registerControl']?.('Test.Control', Recorder);
      if (element instanceof HTMLScriptElement) element.onload?.(new Event('load'));
    });
  });
  afterEach(cleanup);

  async function show() {
    const { session } = await openForm();
    Object.assign(session.parts, { definition: { ...form, controls: [parts] } });
    const shown = render(
      React.createElement(ControlCell, { placement, control: cell, session, theme: hostTheme('light') }),
    );
    await act(async () => undefined);
    return { ...shown, session };
  }

  test('H-83 init once, updateView with every change, destroy when the form goes', async () => {
    const { unmount, getByText } = await show();
    expect(getByText('drawn')).toBeTruthy();
    unmount();
    expect(log.filter((entry) => entry.startsWith('init'))).toHaveLength(1);
    expect(log.at(-1)).toBe('destroy');
  });

  test('H-84 a component that tracks its container learns its width and every new one', async () => {
    await show();
    expect(log.at(-1)).toBe('updateView 640');
    act(() => resize(300));
    expect(log.at(-1)).toBe('updateView 300');
  });

  test('H-85 a component that does not track its container is told no width', async () => {
    tracks = false;
    await show();
    expect(log.at(-1)).toBe('updateView -1');
  });

  test('H-86 an output goes into the bound column and makes the record dirty', async () => {
    const { session } = await show();
    act(() => notify?.());
    expect([session.model.value('budgetamount'), session.model.isDirty]).toEqual([777, true]);
  });

  test('H-87 a component that throws takes its own cell down, not the form', async () => {
    jest.spyOn(console, 'error').mockReturnValue(undefined);
    jest.spyOn(Recorder.prototype, 'updateView').mockImplementation(() => {
      throw new Error('broken');
    });
    const { getByText } = await show();
    expect(getByText(/stopped with an error/)).toBeTruthy();
  });
});
