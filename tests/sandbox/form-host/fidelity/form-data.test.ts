/** @jest-environment jsdom */
import { problemText } from '../../../../sandbox/src/form-host/client/web-api/problem-text';
import { WebApiError } from '../../../../sandbox/src/form-host/client/web-api/web-api';
import { administrator, definition, openForm, seller } from './open-form';

test('F-122 what a privilege check or the network says of itself is not for people; its code stays', () => {
  const denied = new WebApiError(403, '0x80040220', 'SecLib::AccessCheckEx failed. Returned hr = -2147187962');
  expect(problemText(denied, 1033)).toBe('Your roles do not allow this. Ask an administrator (0x80040220).');
  expect(problemText(denied, 3084)).toMatch(/^Vos rôles .*0x80040220/);
  expect(problemText(new TypeError('Failed to fetch'), 3084)).toMatch(/^Le serveur est injoignable/);
  expect(problemText(new WebApiError(400, '0x80040265', 'The plug-in refused it.'), 1033)).toBe(
    'The plug-in refused it.',
  );
});

describe('values', () => {
  test('H-01 a lookup is an array of one with id, name and entityType', async () => {
    const { attribute } = await openForm();
    expect(attribute('ownerid').getValue()).toEqual([{ id: 'o1', name: 'Olivia Owens', entityType: 'systemuser' }]);
  });

  test('H-02 a lookup is set by an array of one, and cleared by null', async () => {
    const { attribute, session } = await openForm();
    attribute('ownerid').setValue([{ id: 'o2', name: 'Paul Martin', entityType: 'systemuser' }]);
    expect(session.model.changes()).toEqual({ 'ownerid@odata.bind': '/systemusers(o2)' });
    attribute('ownerid').setValue(null);
    expect(attribute('ownerid').getValue()).toBeNull();
  });

  test('H-03 a date is a Date, a choice its number, money a number', async () => {
    const { attribute } = await openForm();
    expect(attribute('estimatedclosedate').getValue()).toEqual(new Date(2025, 5, 30));
    expect([attribute('prioritycode').getValue(), attribute('budgetamount').getValue()]).toEqual([1, 100]);
  });

  test('H-04 setting a value runs no change handler; fireOnChange does', async () => {
    const { attribute } = await openForm();
    const handler = jest.fn();
    attribute('budgetamount').addOnChange(handler);
    attribute('budgetamount').setValue(200);
    expect(handler).not.toHaveBeenCalled();
    attribute('budgetamount').fireOnChange();
    expect(handler).toHaveBeenCalledTimes(1);
  });

  test('H-05 a person who types runs the change handlers; a handler added twice runs once, a removed one never', async () => {
    const { attribute, session } = await openForm();
    const [twice, removed] = [jest.fn(), jest.fn()];
    for (const handler of [twice, twice, removed]) attribute('budgetamount').addOnChange(handler);
    attribute('budgetamount').removeOnChange(removed);
    session.change('budgetamount', 300);
    expect([twice.mock.calls.length, removed.mock.calls.length]).toEqual([1, 0]);
    expect(twice.mock.calls[0][0].getEventSource().getName()).toBe('budgetamount');
  });

  test('H-06 attribute types are named as the client API names them', async () => {
    const { attribute } = await openForm();
    const types = ['name', 'budgetamount', 'ownerid', 'estimatedclosedate', 'prioritycode'].map((name) =>
      attribute(name).getAttributeType(),
    );
    expect(types).toEqual(['string', 'money', 'lookup', 'datetime', 'optionset']);
  });

  test('H-07 the format tells a date from a date with time', async () => {
    const { attribute } = await openForm();
    expect([attribute('estimatedclosedate').getFormat(), attribute('name').getFormat()]).toEqual(['date', 'text']);
  });

  test('H-08 the options of a choice carry the texts of the user’s language', async () => {
    const { attribute } = await openForm({ language: 3084 });
    const choice = attribute('prioritycode');
    expect(choice.getOptions()).toEqual([
      { value: 1, text: 'Faible' },
      { value: 2, text: 'Élevée' },
    ]);
    expect([choice.getText(), choice.getSelectedOption(), choice.getOption(2)]).toEqual([
      'Faible',
      { value: 1, text: 'Faible' },
      { value: 2, text: 'Élevée' },
    ]);
  });

  test('H-09 a column that is not on the form has no attribute', async () => {
    const { form } = await openForm();
    expect(form.getAttribute('crmjira_elsewhere')).toBeNull();
  });

  test('H-10 a collection is read by name, by position, by a test, and whole', async () => {
    const { form } = await openForm();
    const { attributes } = form.data.entity;
    const first = attributes.get(0);
    expect(first && !Array.isArray(first) && first.getName()).toBe('name');
    expect(attributes.get((one) => one.getAttributeType() === 'money')).toHaveLength(1);
    expect(attributes.get()).toHaveLength(attributes.getLength());
  });
});

describe('what is unsaved', () => {
  test('H-11 a column is dirty while it differs from what was read, and so is the record', async () => {
    const { attribute, form } = await openForm();
    attribute('budgetamount').setValue(200);
    expect([attribute('budgetamount').getIsDirty(), form.data.entity.getIsDirty(), form.data.getIsDirty()]).toEqual([
      true,
      true,
      true,
    ]);
    expect(attribute('budgetamount').getInitialValue()).toBe(100);
    attribute('budgetamount').setValue(100);
    expect(form.data.entity.getIsDirty()).toBe(false);
  });

  test('H-12 the submit mode decides what is sent: always, never, or when it is dirty', async () => {
    const { attribute, form, server } = await openForm();
    attribute('name').setSubmitMode('always');
    attribute('budgetamount').setSubmitMode('never');
    attribute('budgetamount').setValue(200);
    await form.data.save();
    expect(server.written).toEqual([{ name: 'Acme' }]);
  });

  test('H-13 a required column without a value makes the record invalid and stops the save', async () => {
    const { attribute, form, server } = await openForm();
    attribute('budgetamount').setRequiredLevel('required');
    attribute('budgetamount').setValue(null);
    expect([attribute('budgetamount').isValid(), form.data.isValid(), form.data.entity.isValid()]).toEqual([
      false,
      false,
      false,
    ]);
    await expect(form.data.save()).rejects.toMatchObject({ message: expect.stringContaining('budgetamount') });
    expect(server.written).toEqual([]);
  });

  test('H-14 a column that a script calls invalid stops the save with the script’s words', async () => {
    const { attribute, form } = await openForm();
    attribute('budgetamount').setIsValid(false, 'Ask finance first.');
    attribute('budgetamount').setValue(1);
    await expect(form.data.save()).rejects.toMatchObject({ message: 'Ask finance first.' });
    attribute('budgetamount').setIsValid(true);
    await expect(form.data.save()).resolves.toBeUndefined();
  });
});

describe('saving', () => {
  test('H-15 OnSave runs before anything is sent, with the save mode', async () => {
    const { attribute, form, server } = await openForm();
    const modes: unknown[] = [];
    form.data.entity.addOnSave((context: SaveContext) => {
      modes.push(context.getEventArgs().getSaveMode(), server.written.length);
    });
    attribute('budgetamount').setValue(200);
    await form.data.save({ saveMode: 70 });
    expect([modes, server.written]).toEqual([[70, 0], [{ budgetamount: 200 }]]);
  });

  test('H-16 preventDefault keeps the record from being saved, and the edit stays', async () => {
    const { attribute, form, server } = await openForm();
    const prevented: boolean[] = [];
    form.data.entity.addOnSave((context: SaveContext) => {
      context.getEventArgs().preventDefault();
      prevented.push(context.getEventArgs().isDefaultPrevented());
    });
    attribute('budgetamount').setValue(200);
    await expect(form.data.save()).rejects.toBeDefined();
    expect([server.written, prevented, form.data.entity.getIsDirty()]).toEqual([[], [true], true]);
  });

  test('H-17 a save waits for the promise that a handler returned', async () => {
    const { attribute, form, server } = await openForm();
    let release = () => undefined as void;
    form.data.entity.addOnSave(() => new Promise<void>((resolve) => (release = resolve)));
    attribute('budgetamount').setValue(200);
    const saved = form.data.save();
    await Promise.resolve();
    expect(server.written).toEqual([]);
    release();
    await saved;
    expect(server.written).toEqual([{ budgetamount: 200 }]);
  });

  test('H-18 a handler that fails stops the save only with preventDefaultOnError', async () => {
    const { attribute, form, server } = await openForm();
    jest.spyOn(console, 'error').mockReturnValue(undefined);
    const strict = { on: false };
    form.data.entity.addOnSave((context: SaveContext) => {
      if (strict.on) context.getEventArgs().preventDefaultOnError();
      return Promise.reject(new Error('no network'));
    });
    attribute('budgetamount').setValue(200);
    await form.data.save();
    expect(server.written).toHaveLength(1);
    strict.on = true;
    attribute('budgetamount').setValue(300);
    await expect(form.data.save()).rejects.toBeDefined();
    expect(server.written).toHaveLength(1);
  });

  test('H-19 a promise that takes more than ten seconds counts as failed, unless the handler disabled the limit', async () => {
    jest.useFakeTimers();
    try {
      jest.spyOn(console, 'error').mockReturnValue(undefined);
      const { attribute, form, server } = await openForm();
      const patient = { on: false };
      form.data.entity.addOnSave((context: SaveContext) => {
        if (patient.on) context.getEventArgs().disableAsyncTimeout();
        return new Promise(() => undefined);
      });
      attribute('budgetamount').setValue(200);
      const saved = form.data.save();
      await jest.advanceTimersByTimeAsync(10_000);
      await saved;
      expect(server.written).toHaveLength(1);
      patient.on = true;
      attribute('budgetamount').setValue(300);
      void form.data.save();
      await jest.advanceTimersByTimeAsync(60_000);
      expect(server.written).toHaveLength(1);
    } finally {
      jest.useRealTimers();
    }
  });

  test('H-20 OnPostSave hears whether it was saved, and why not', async () => {
    const { attribute, form, server } = await openForm();
    const heard: unknown[] = [];
    form.data.entity.addOnPostSave((context: PostSaveContext) => {
      const args = context.getEventArgs();
      heard.push([args.getIsSaveSuccess(), args.getSaveErrorInfo(), args.getEntityReference().entityType]);
    });
    attribute('budgetamount').setValue(200);
    await form.data.save();
    server.refuse = true;
    attribute('budgetamount').setValue(300);
    await expect(form.data.save()).rejects.toEqual({ errorCode: 0x80040265, message: 'The plug-in refused it.' });
    expect(heard).toEqual([
      [true, null, 'opportunity'],
      [false, { errorCode: 0x80040265, message: 'The plug-in refused it.' }, 'opportunity'],
    ]);
  });

  test('H-21 a refusal of the server stands on the form and leaves the edit to be saved again', async () => {
    const { attribute, form, server, session } = await openForm();
    server.refuse = true;
    attribute('budgetamount').setValue(200);
    await expect(form.data.save()).rejects.toBeDefined();
    expect(session.model.notifications.get('host.save')?.message).toContain('The plug-in refused it.');
    server.refuse = false;
    await form.data.save();
    expect([server.written, form.data.entity.getIsDirty()]).toEqual([[{ budgetamount: 200 }], false]);
  });

  test('H-22 "saveandclose" closes the form once it is saved, not when it is refused', async () => {
    const { attribute, form, server } = await openForm();
    const settled = () => new Promise((resolve) => setTimeout(resolve, 0));
    server.refuse = true;
    attribute('budgetamount').setValue(200);
    form.data.entity.save('saveandclose');
    await settled();
    expect(server.closed).toBe(0);
    server.refuse = false;
    form.data.entity.save('saveandclose');
    await settled();
    expect(server.closed).toBe(1);
  });

  test('H-23 refresh reads the record anew, saves first when it is told to, and runs the data handlers', async () => {
    const { attribute, form, server } = await openForm();
    const loaded = jest.fn();
    form.data.addOnLoad(loaded);
    attribute('budgetamount').setValue(200);
    await form.data.refresh(true);
    expect([server.written, attribute('budgetamount').getValue()]).toEqual([[{ budgetamount: 200 }], 200]);
    expect(loaded).toHaveBeenCalled();
  });

  test('H-24 a record that is not dirty sends nothing', async () => {
    const { form, server } = await openForm();
    await form.data.save();
    expect(server.written).toEqual([]);
  });
});

describe('the record', () => {
  test('H-25 its id stands in braces and capitals, its reference without', async () => {
    const { form } = await openForm();
    expect(form.data.entity.getId()).toBe('{A1B2C3D4-E5F6-7890-ABCD-EF1234567890}');
    expect(form.data.entity.getEntityReference()).toEqual({
      id: 'a1b2c3d4-e5f6-7890-abcd-ef1234567890',
      entityType: 'opportunity',
      name: 'Acme',
    });
    expect([form.data.entity.getEntityName(), form.data.entity.getPrimaryAttributeValue()]).toEqual([
      'opportunity',
      'Acme',
    ]);
  });

  test('H-26 F-123 an open record is the form type 2, a closed one 4 with every column locked, and says its state', async () => {
    const open = await openForm();
    expect([open.form.ui.getFormType(), open.control('budgetamount').getDisabled()]).toEqual([2, false]);
    const won = await openForm({ row: { statecode: 1 } });
    expect([won.form.ui.getFormType(), won.control('budgetamount').getDisabled()]).toEqual([4, true]);
    expect([open.session.readOnlyBecause, won.session.readOnlyBecause]).toEqual([
      null,
      'Read-only. This record’s status: Won',
    ]);
    const lost = await openForm({ row: { statecode: 2 }, language: 3084 });
    expect(lost.session.readOnlyBecause).toBe('Lecture seule. État de cet enregistrement\u00a0: Perdue');
  });

  test('H-104 F-123 a row that the person may only read, by role or as it is somebody else’s, is the form type 3, locked and told so', async () => {
    const reader = { ...seller, privileges: { prvreadopportunity: 3 } };
    for (const options of [{ persona: reader }, { access: 'ReadAccess' }]) {
      const { form, control, session } = await openForm(options);
      expect([form.ui.getFormType(), control('budgetamount').getDisabled()]).toEqual([3, true]);
      expect(session.readOnlyBecause).toBe('Read-only: your role may not change this record.');
    }
  });

  test('H-105 the form of another table names its table, and its record by the column that names its rows', async () => {
    const log = {
      ...definition,
      table: {
        name: 'crmjira_integration_log',
        primaryName: 'crmjira_jira_project_key',
        label: { 1033: 'Log', 3084: 'Journal' },
        collectionLabel: { 1033: 'Logs', 3084: 'Journaux' },
      },
      process: null,
    };
    const persona = { ...administrator, privileges: { prvwritecrmjira_integration_log: 3 } };
    const { form, attribute, server } = await openForm({ definition: log, persona });
    expect([form.data.entity.getEntityName(), form.data.entity.getPrimaryAttributeValue(), form.data.process]).toEqual([
      'crmjira_integration_log',
      'CRMACME',
      null,
    ]);
    attribute('budgetamount').setValue(200);
    await form.data.save();
    expect(server.addresses.at(-1)).toContain('crmjira_integration_logs(');
  });

  test('H-27 column security: a secured column is locked for those without the profile', async () => {
    const denied = await openForm();
    expect(denied.attribute('crmjira_jira_project_key').getUserPrivilege()).toEqual({
      canRead: true,
      canUpdate: false,
      canCreate: false,
    });
    expect(denied.control('crmjira_jira_project_key').getDisabled()).toBe(true);
    const allowed = await openForm({ persona: administrator });
    expect(allowed.attribute('crmjira_jira_project_key').getUserPrivilege().canUpdate).toBe(true);
    expect(allowed.control('crmjira_jira_project_key').getDisabled()).toBe(false);
  });
});

interface SaveContext {
  getEventArgs(): {
    getSaveMode(): number;
    preventDefault(): void;
    isDefaultPrevented(): boolean;
    preventDefaultOnError(): void;
    disableAsyncTimeout(): void;
  };
}

interface PostSaveContext {
  getEventArgs(): {
    getIsSaveSuccess(): boolean;
    getSaveErrorInfo(): unknown;
    getEntityReference(): { entityType: string };
  };
}
