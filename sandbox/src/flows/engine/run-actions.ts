import type { Action, Actions } from '../definition/actions';
import { type ActionResult, failed, type Outcome, skipped } from './action-result';
import { findResult, type Frame } from './frame';
import { runAction } from './run-action';
import { type Run, RunTerminated } from './run';

/** Whether the actions of a scope let it succeed: no chain of them ends in a failure that nothing after it has handled. */
function scopeFails(actions: Actions, results: ReadonlyMap<string, ActionResult>): boolean {
  const isHandled = (name: string): boolean => Object.values(actions).some((one) => name in one.runAfter);
  const endsBadly = (name: string): boolean => {
    const status = results.get(name)?.status;
    if (status === 'Failed' || status === 'TimedOut') return true;
    return status === 'Skipped' && Object.keys(actions[name]?.runAfter ?? {}).some(endsBadly);
  };
  return Object.keys(actions).some((name) => !isHandled(name) && endsBadly(name));
}

function mayRun(action: Action, frame: Frame): boolean {
  return Object.entries(action.runAfter).every(([before, statuses]) => {
    const status = findResult(frame, before)?.status;
    return status !== undefined && statuses.includes(status);
  });
}

async function outcomeOf(name: string, action: Action, run: Run, frame: Frame): Promise<Outcome> {
  if (!mayRun(action, frame)) return skipped();
  try {
    return await runAction(name, action, run, frame, runActions);
  } catch (error) {
    if (error instanceof RunTerminated || !(error instanceof Error)) throw error;
    return failed('code' in error ? String(error.code) : 'ActionFailed', error.message);
  }
}

/** Marks what is inside an action that does not run as not run either. */
function skipInside(action: Action, run: Run, frame: Frame): void {
  if (!('actions' in action)) return;
  const inside = { ...action.actions, ...('else' in action ? action.else?.actions : {}) };
  for (const [name, one] of Object.entries(inside)) {
    frame.results.set(name, { name, ...skipped() });
    skipInside(one, run, frame);
  }
}

/**
 * Runs the actions of a scope, each as soon as all that it runs after has ended.
 * @returns whether the scope succeeds, as the platform counts it
 */
export async function runActions(actions: Actions, run: Run, frame: Frame): Promise<boolean> {
  const ended = new Map<string, Promise<void>>();
  const start = (name: string, action: Action): Promise<void> => {
    const known = ended.get(name);
    if (known !== undefined) return known;
    const before = Object.keys(action.runAfter).map((one) => {
      const other = actions[one];
      if (other === undefined) throw new Error(`${name} runs after ${one}, which is not in the same scope`);
      return start(one, other);
    });
    const running = Promise.all(before).then(async () => {
      const outcome = await outcomeOf(name, action, run, frame);
      if (outcome.status === 'Skipped') skipInside(action, run, frame);
      const result = { name, ...outcome };
      frame.results.set(name, result);
      run.history.push(result);
    });
    ended.set(name, running);
    return running;
  };
  await Promise.all(Object.entries(actions).map(([name, action]) => start(name, action)));
  return !scopeFails(actions, frame.results);
}
