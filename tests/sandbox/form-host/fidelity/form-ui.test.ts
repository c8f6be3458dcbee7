/** @jest-environment jsdom */
import * as React from 'react';
import { render } from '@testing-library/react';
import { FormHeader } from '../../../../sandbox/src/form-host/client/form/form-header';
import { ProcessBar } from '../../../../sandbox/src/form-host/client/form/process-bar';
import type { HostFormContext } from '../../../../sandbox/src/form-host/client/xrm/form-context';
import { definition, facts, openForm } from './open-form';

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
    expect(control('ownerid').getEntityTypes?.()).toEqual(['systemuser', 'team']);
  });

  test('H-42 setFocus puts the focus into the field', async () => {
    const { control } = await openForm();
    const input = document.createElement('input');
    input.id = 'field-budgetamount';
    document.body.append(input);
    control('budgetamount').setFocus();
    // The tab that holds the field is drawn first.
    await new Promise((resolve) => setTimeout(resolve));
    expect(document.activeElement).toBe(input);
    input.remove();
  });

  test('H-43 a control knows its section and the section its tab', async () => {
    const { control } = await openForm();
    const section = control('budgetamount').getParent();
    expect([section?.getName(), section?.getParent().getName()]).toEqual(['main', 'summary']);
  });
});

test('H-146 a number column tells its least and greatest value', async () => {
  const limited = { ...definition.columns, budgetamount: facts('Money', { minValue: 0, maxValue: 1_000 }) };
  const { attribute } = await openForm({ definition: { ...definition, columns: limited } });
  expect([attribute('budgetamount').getMin(), attribute('budgetamount').getMax()]).toEqual([0, 1_000]);
  expect(attribute('name').getMin()).toBeNull();
});

test('H-147 a date control tells whether it shows the time', async () => {
  const withTime = { ...definition.columns, estimatedclosedate: facts('DateTime') };
  const { control } = await openForm();
  const timed = await openForm({ definition: { ...definition, columns: withTime } });
  expect([control('estimatedclosedate'), timed.control('estimatedclosedate')].map((one) => one.getShowTime())).toEqual([
    false,
    true,
  ]);
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

describe('loading and layout', () => {
  const scripted = (functionName: string) => ({
    ...definition,
    form: {
      ...definition.form,
      handlers: [{ event: 'onload' as const, attribute: null, functionName, library: 'x', passExecutionContext: true }],
    },
  });
  interface LoadContext {
    getFormContext(): HostFormContext;
    getEventArgs(): { getDataLoadState(): number };
  }

  test('H-140 handlers that a script adds while the form loads run after those of FormXml, Loaded after all', async () => {
    const heard: string[] = [];
    const onLoad = (context: LoadContext) => {
      const { ui } = context.getFormContext();
      ui.addLoaded(() => heard.push('loaded'));
      ui.addOnLoad(() => heard.push('added'));
      const gone = () => heard.push('gone');
      ui.addOnLoad(gone);
      ui.removeOnLoad(gone);
      ui.addLoaded(gone);
      ui.removeLoaded(gone);
      heard.push('of FormXml');
    };
    Object.assign(window, { Scripts: { onLoad } });
    await openForm({ definition: scripted('Scripts.onLoad') });
    expect(heard).toEqual(['of FormXml', 'added', 'loaded']);
  });

  test('H-141 getDataLoadState says why data was loaded: at first, saved, refreshed', async () => {
    const states: number[] = [];
    const onLoad = (context: LoadContext) => {
      states.push(context.getEventArgs().getDataLoadState());
      context
        .getFormContext()
        .data.addOnLoad((loaded: LoadContext) => states.push(loaded.getEventArgs().getDataLoadState()));
    };
    Object.assign(window, { Scripts: { onLoad } });
    const { attribute, form } = await openForm({ definition: scripted('Scripts.onLoad') });
    attribute('budgetamount').setValue(7);
    await form.data.save();
    await form.data.refresh();
    expect(states).toEqual([1, 2, 3]);
  });

  test('H-142 header fields, command bar and list of tabs are hidden and shown', async () => {
    const { form, session } = await openForm();
    const { headerSection } = form.ui;
    const state = () => [
      headerSection.getBodyVisible(),
      headerSection.getCommandBarVisible(),
      headerSection.getTabNavigatorVisible(),
    ];
    expect(state()).toEqual([true, true, true]);
    headerSection.setBodyVisible(false);
    headerSection.setCommandBarVisible(false);
    headerSection.setTabNavigatorVisible(false);
    expect(state()).toEqual([false, false, false]);
    const shown = render(React.createElement(FormHeader, { session }));
    expect(shown.container.querySelectorAll('dl > *')).toHaveLength(0);
    shown.unmount();
    headerSection.setBodyVisible(true);
    expect(state()).toEqual([true, false, false]);
  });

  test('H-143 the process bar is hidden, shown and collapsed to its name', async () => {
    const { form, session } = await openForm();
    const { process } = form.ui;
    process.setVisible(false);
    process.setDisplayState('collapsed');
    expect([process.getVisible(), process.getDisplayState()]).toEqual([false, 'collapsed']);
    if (!session.process) throw new Error('There is no process.');
    const bar = (isCollapsed: boolean) =>
      render(
        React.createElement(ProcessBar, {
          session,
          process: session.process as NonNullable<typeof session.process>,
          isCollapsed,
        }),
      );
    const collapsed = bar(session.model.processDisplay === 'collapsed');
    expect(collapsed.queryAllByRole('button')).toHaveLength(0);
    collapsed.unmount();
    process.setDisplayState('expanded');
    const expanded = bar(session.model.processDisplay === 'collapsed');
    expect(expanded.queryAllByRole('button')).toHaveLength(3);
    expanded.unmount();
  });

  test('H-144 the form selector has the one form, and names no current one among it', async () => {
    const { form } = await openForm({ language: 3084 });
    const { formSelector } = form.ui;
    const only = formSelector.items.get('form');
    if (!only || Array.isArray(only)) throw new Error('There is no form.');
    expect([only.getId(), only.getLabel(), formSelector.items.getLength(), formSelector.getCurrentItem()]).toEqual([
      'form',
      'Opportunity',
      1,
      null,
    ]);
  });

  test('H-145 width and height of the view port', async () => {
    const { form } = await openForm();
    expect([form.ui.getViewPortWidth(), form.ui.getViewPortHeight()]).toEqual([window.innerWidth, window.innerHeight]);
  });

  test('H-148 a tab calls formContext.ui its parent', async () => {
    const { form } = await openForm();
    const found = form.ui.tabs.get('summary');
    if (!found || Array.isArray(found)) throw new Error('There is no tab.');
    expect(found.getParent()).toBe(form.ui);
  });
});
