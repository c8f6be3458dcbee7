/** @jest-environment jsdom */
import * as React from 'react';
import { fireEvent, render } from '@testing-library/react';
import { ProcessFlyout } from '../../../../sandbox/src/form-host/client/form/process-flyout';
import { definition, openForm } from './open-form';

type Opened = Awaited<ReturnType<typeof openForm>>;

function processOf({ form }: Opened) {
  const { process } = form.data;
  if (!process) throw new Error('The form has no process.');
  return process;
}

/** What the callback of a move is told. */
const told = (move: (callback: (result: string) => void) => void) => new Promise<string>((resolve) => move(resolve));

test('H-50 a move tells its callback "success" and runs OnStageChange with stage and direction', async () => {
  const process = processOf(await openForm());
  const heard: unknown[] = [];
  process.addOnStageChange((context: StageContext) => {
    const args = context.getEventArgs();
    heard.push([args.getStage().getId(), args.getDirection()]);
  });
  await expect(told((callback) => process.moveNext(callback))).resolves.toBe('success');
  expect([heard, process.getActiveStage()?.getId()]).toEqual([[['two', 'Next']], 'two']);
});

test('H-51 preventDefault in OnPreStageChange keeps the stage', async () => {
  const opened = await openForm();
  const process = processOf(opened);
  process.addOnPreStageChange((context: StageContext) => context.getEventArgs().preventDefault());
  await expect(told((callback) => process.moveNext(callback))).resolves.toBe('preventDefault');
  expect([process.getActiveStage()?.getId(), opened.server.written]).toEqual(['one', []]);
});

test('H-52 a required step without a value answers "stageGate"', async () => {
  const process = processOf(await openForm({ row: { budgetamount: null } }));
  await expect(told((callback) => process.moveNext(callback))).resolves.toBe('stageGate');
});

test('H-53 there is no stage after the last ("end") and none before the first ("beginning")', async () => {
  const last = processOf(await openForm({ stage: 'three', path: ['one', 'two', 'three'] }));
  await expect(told((callback) => last.moveNext(callback))).resolves.toBe('end');
  const first = processOf(await openForm());
  await expect(told((callback) => first.movePrevious(callback))).resolves.toBe('beginning');
});

test('H-54 setActiveStage goes back to a completed stage, not ahead ("unreachable"), not to one that is not ("invalid")', async () => {
  const process = processOf(await openForm({ stage: 'two', path: ['one', 'two'] }));
  await expect(told((callback) => process.setActiveStage('three', callback))).resolves.toBe('unreachable');
  await expect(told((callback) => process.setActiveStage('nowhere', callback))).resolves.toBe('invalid');
  await expect(told((callback) => process.setActiveStage('one', callback))).resolves.toBe('success');
});

test('H-55 a refusal of the server answers "invalid" and leaves the stage', async () => {
  const opened = await openForm();
  opened.server.refuse = true;
  const process = processOf(opened);
  await expect(told((callback) => process.moveNext(callback))).resolves.toBe('invalid');
  expect(process.getActiveStage()?.getId()).toBe('one');
});

test('H-56 the active path is what was entered, the stages of the process are all of them', async () => {
  const process = processOf(await openForm({ stage: 'two', path: ['one', 'two'] }));
  expect([process.getActivePath().getLength(), process.getActiveProcess().getStages().getLength()]).toEqual([2, 3]);
});

test('H-57 opening the steps of a stage selects it and runs OnStageSelected', async () => {
  const opened = await openForm();
  const process = processOf(opened);
  const heard: unknown[] = [];
  process.addOnStageSelected((context: StageContext) => heard.push(context.getEventArgs().getStage().getId()));
  opened.session.selectStage('two');
  expect([heard, process.getSelectedStage()?.getId(), process.getActiveStage()?.getId()]).toEqual([
    ['two'],
    'two',
    'one',
  ]);
});

test('H-58 a stage names its table, category, status and steps', async () => {
  const process = processOf(await openForm());
  const stage = process.getActiveStage();
  expect([stage?.getEntityName(), stage?.getCategory().getValue(), stage?.getStatus()]).toEqual([
    'opportunity',
    0,
    'active',
  ]);
  expect(stage?.getSteps().map((step) => [step.getAttribute(), step.isRequired()])).toEqual([['budgetamount', true]]);
});

test('H-59 a move saves a dirty form first', async () => {
  const opened = await openForm();
  opened.attribute('budgetamount').setValue(200);
  await told((callback) => processOf(opened).moveNext(callback));
  expect(opened.server.written[0]).toEqual({ budgetamount: 200 });
});

test('H-60 a stage that somebody else moved is told when the form learns of it', async () => {
  const opened = await openForm();
  const heard: string[] = [];
  processOf(opened).addOnStageChange((context: StageContext) => heard.push(context.getEventArgs().getStage().getId()));
  const { session } = opened;
  if (!session.process?.instance) throw new Error('The process did not start.');
  // the page remembers an earlier stage than the one that Dataverse answers
  session.process.instance = { ...session.process.instance, activeStageId: 'two' };
  await session.process.read();
  expect(heard).toEqual(['one']);
});

interface StageContext {
  getEventArgs(): { getStage(): { getId(): string }; getDirection(): string; preventDefault(): void };
}

interface StatusContext {
  getEventArgs(): { getStatus(): string; preventDefault(): void };
}

test('H-133 setStatus ends the process on the server and tells the new status', async () => {
  const opened = await openForm();
  const process = processOf(opened);
  await expect(told((callback) => process.setStatus('finished', callback))).resolves.toBe('finished');
  expect(opened.server.written).toEqual([{ statecode: 1, statuscode: 2 }]);
  await told((callback) => process.setStatus('aborted', callback));
  await told((callback) => process.setStatus('active', callback));
  expect(opened.server.written.slice(1)).toEqual([
    { statecode: 1, statuscode: 3 },
    { statecode: 0, statuscode: 1 },
  ]);
});

test('H-134 preventDefault in OnPreProcessStatusChange keeps status, stage and edits, and tells nobody', async () => {
  const opened = await openForm();
  const process = processOf(opened);
  const after = jest.fn();
  const stop = (context: StatusContext) => context.getEventArgs().preventDefault();
  process.addOnPreProcessStatusChange(stop);
  process.addOnProcessStatusChange(after);
  opened.attribute('budgetamount').setValue(5);
  await expect(told((callback) => process.setStatus('finished', callback))).resolves.toBe('invalid');
  expect([opened.server.written, opened.session.model.isDirty, process.getStatus()]).toEqual([[], true, 'active']);
  expect(after).not.toHaveBeenCalled();
  process.removeOnPreProcessStatusChange(stop);
  await told((callback) => process.setStatus('finished', callback));
  expect(after).toHaveBeenCalledTimes(1);
});

test('H-135 both status events are told the status that is wanted', async () => {
  const process = processOf(await openForm());
  const heard: string[] = [];
  process.addOnPreProcessStatusChange((context: StatusContext) =>
    heard.push(`before ${context.getEventArgs().getStatus()}`),
  );
  process.addOnProcessStatusChange((context: StatusContext) =>
    heard.push(`after ${context.getEventArgs().getStatus()}`),
  );
  await told((callback) => process.setStatus('finished', callback));
  expect(heard).toEqual(['before finished', 'after finished']);
});

test('H-136 setStatus that the server refuses answers "invalid"', async () => {
  const opened = await openForm();
  opened.server.refuse = true;
  const process = processOf(opened);
  await expect(told((callback) => process.setStatus('finished', callback))).resolves.toBe('invalid');
  expect(process.getStatus()).toBe('active');
});

test('H-137 the processes to switch to and their instances, by their ids', async () => {
  const process = processOf(await openForm());
  const told = jest.fn();
  process.getEnabledProcesses(told);
  process.getProcessInstances(told);
  expect(told.mock.calls).toEqual([
    [{ workflow: 'Sales to delivery' }],
    [
      {
        i: {
          CreatedOnDate: new Date('2025-01-15T14:00:00Z'),
          ProcessDefinitionID: 'workflow',
          ProcessDefinitionName: 'Sales to delivery',
          ProcessInstanceID: 'i',
          ProcessInstanceName: 'Sales to delivery',
          StatusCodeName: 'active',
        },
      },
    ],
  ]);
});

test('H-138 the last stage has a button to finish the process, which its required steps hold back', async () => {
  const show = async (budgetamount: number | null) => {
    const last = { ...definition, process: definition.process && { ...definition.process, stages: firstOnly() } };
    const opened = await openForm({ definition: last, row: { budgetamount } });
    const { process } = opened.session;
    if (!process?.activeStage) throw new Error('There is no stage.');
    const onMoved = jest.fn();
    const flyout = React.createElement(ProcessFlyout, {
      session: opened.session,
      process,
      stage: process.activeStage,
      side: 'start',
      around: { before: null, after: null },
      onShow: () => undefined,
      onClose: () => undefined,
      onMoved,
    });
    const { findByRole, unmount } = render(flyout);
    fireEvent.click(await findByRole('button', { name: 'Finish' }));
    await settled();
    unmount();
    return { written: opened.server.written, notices: [...opened.session.model.notifications.values()], onMoved };
  };
  const held = await show(null);
  expect([held.written, held.notices.map(({ message }) => message)]).toEqual([
    [],
    [expect.stringContaining('budgetamount')],
  ]);
  const done = await show(100);
  expect(done.written).toEqual([{ statecode: 1, statuscode: 2 }]);
  expect(done.onMoved).toHaveBeenCalledTimes(1);
});

/** The process as if its first stage were its only one. */
const firstOnly = () => (definition.process?.stages ?? []).slice(0, 1).map((stage) => ({ ...stage, next: [] }));

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));
