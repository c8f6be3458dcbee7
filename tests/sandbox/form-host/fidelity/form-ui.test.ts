/** @jest-environment jsdom */
import { openForm } from './open-form';

describe('notifications', () => {
  test('H-30 a form notification has a level and an id; the same id replaces it, clearing says whether it stood', async () => {
    const { form, session } = await openForm();
    expect(form.ui.setFormNotification('First', 'WARNING', 'a')).toBe(true);
    form.ui.setFormNotification('Second', 'ERROR', 'a');
    expect([...session.model.notifications.values()]).toEqual([{ id: 'a', level: 'ERROR', message: 'Second' }]);
    expect([form.ui.clearFormNotification('a'), form.ui.clearFormNotification('a')]).toEqual([true, false]);
  });

  test('H-31 a form notification of level ERROR does not stop a save', async () => {
    const { attribute, form, server } = await openForm();
    form.ui.setFormNotification('Look here', 'ERROR', 'a');
    attribute('budgetamount').setValue(200);
    await form.data.save();
    expect(server.written).toHaveLength(1);
  });

  test('H-32 an error beside a field stops the save until it is cleared', async () => {
    const { attribute, control, form, server } = await openForm();
    control('budgetamount').setNotification('Too low', 'gate');
    attribute('budgetamount').setValue(200);
    await expect(form.data.save()).rejects.toMatchObject({ message: 'Too low' });
    control('budgetamount').clearNotification('gate');
    await form.data.save();
    expect(server.written).toHaveLength(1);
  });

  test('H-33 a recommendation does not stop a save, and its Apply runs its actions', async () => {
    const { attribute, control, form, session } = await openForm();
    control('budgetamount').addNotification({
      messages: ['Round it?'],
      notificationLevel: 'RECOMMENDATION',
      uniqueId: 'round',
      actions: [{ actions: [() => attribute('budgetamount').setValue(1_000)] }],
    });
    const shown = session.model.fieldNotifications.get('budgetamount')?.get('round');
    expect(shown).toMatchObject({ message: 'Round it?', blocks: false });
    shown?.apply?.();
    expect(attribute('budgetamount').getValue()).toBe(1_000);
    await expect(form.data.save()).resolves.toBeUndefined();
  });

  test('H-34 of several messages of one notification the first is shown', async () => {
    const { control, session } = await openForm();
    control('budgetamount').addNotification({ messages: ['One', 'Two'], notificationLevel: 'ERROR', uniqueId: 'x' });
    expect(session.model.fieldNotifications.get('budgetamount')?.get('x')?.message).toBe('One');
  });

  test('H-35 clearing without an id clears all of a control, and says whether there was one', async () => {
    const { control, session } = await openForm();
    control('budgetamount').setNotification('a', 'a');
    control('budgetamount').setNotification('b', 'b');
    expect([control('budgetamount').clearNotification(), control('budgetamount').clearNotification('a')]).toEqual([
      true,
      false,
    ]);
    expect(session.model.fieldNotifications.size).toBe(0);
  });
});

describe('controls', () => {
  test('H-36 a script locks, hides and renames a control', async () => {
    const { control } = await openForm();
    const budget = control('budgetamount');
    budget.setDisabled(true);
    budget.setVisible(false);
    budget.setLabel('Ceiling');
    expect([budget.getDisabled(), budget.getVisible(), budget.getLabel()]).toEqual([true, false, 'Ceiling']);
  });

  test('H-37 a control that FormXml locks says so', async () => {
    const { control } = await openForm();
    expect([control('crmjira_budget_status').getDisabled(), control('budgetamount').getDisabled()]).toEqual([
      true,
      false,
    ]);
  });

  test('H-38 header and process steps are reached by their prefixes', async () => {
    const { control } = await openForm();
    for (const name of ['header_budgetamount', 'header_process_budgetamount']) {
      expect([control(name).getName(), control(name).getAttribute().getName()]).toEqual([name, 'budgetamount']);
    }
  });

  test('H-39 control types are named as the client API names them', async () => {
    const { control } = await openForm();
    const types = ['budgetamount', 'ownerid', 'prioritycode'].map((name) => control(name).getControlType());
    expect(types).toEqual(['standard', 'lookup', 'optionset']);
  });

  test('H-40 options are taken from a choice and put back', async () => {
    const { control } = await openForm();
    const values = () =>
      control('prioritycode')
        .getOptions()
        .map(({ value }) => value);
    control('prioritycode').removeOption(1);
    expect(values()).toEqual([2]);
    control('prioritycode').addOption({ value: 1 });
    expect(values().sort()).toEqual([1, 2]);
    control('prioritycode').clearOptions();
    expect(values()).toEqual([]);
  });

  test('H-41 a lookup control names the tables that it points to', async () => {
    const { control } = await openForm();
    expect(control('ownerid').getEntityTypes()).toEqual(['systemuser', 'team']);
  });

  test('H-42 setFocus puts the focus into the field', async () => {
    const { control } = await openForm();
    const input = document.createElement('input');
    input.id = 'field-budgetamount';
    document.body.append(input);
    control('budgetamount').setFocus();
    expect(document.activeElement).toBe(input);
    input.remove();
  });

  test('H-43 a control knows its section and the section its tab', async () => {
    const { control } = await openForm();
    const section = control('budgetamount').getParent();
    expect([section?.getName(), section?.getParent().getName()]).toEqual(['main', 'summary']);
  });
});

describe('tabs and sections', () => {
  const summary = async () => {
    const opened = await openForm();
    const found = opened.form.ui.tabs.get('summary');
    const other = opened.form.ui.tabs.get('jira');
    if (!found || Array.isArray(found) || !other || Array.isArray(other)) throw new Error('There are no tabs.');
    return { ...opened, tab: found, other };
  };

  test('H-44 a script hides and renames a tab and a section', async () => {
    const { tab, session } = await summary();
    const section = tab.sections.get('main');
    if (!section || Array.isArray(section)) throw new Error('There is no section.');
    section.setVisible(false);
    tab.setLabel('Overview');
    expect([section.getVisible(), tab.getVisible(), tab.getLabel()]).toEqual([false, true, 'Overview']);
    expect(session.model.partStates.get('summary/main')).toEqual({ visible: false });
  });

  test('H-45 one tab is expanded at a time; setFocus and setDisplayState turn to it and tell both', async () => {
    const { tab, other } = await summary();
    const heard: string[] = [];
    tab.addTabStateChange(() => heard.push('summary'));
    other.addTabStateChange(() => heard.push('jira'));
    tab.setFocus();
    other.setDisplayState('expanded');
    expect([tab.getDisplayState(), other.getDisplayState()]).toEqual(['collapsed', 'expanded']);
    expect(heard).toEqual(['summary', 'summary', 'jira']);
  });
});
