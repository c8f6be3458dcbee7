import { topFrame } from './frame';
import { runActions } from './run-actions';
import { type FinishedRun, type Run, type RunOptions, RunTerminated } from './run';

/** Runs a flow once, whose trigger has fired. */
export async function runFlow(options: RunOptions): Promise<FinishedRun> {
  const run: Run = { ...options, variables: new Map(), history: [] };
  const { history, variables } = run;
  try {
    const isGood = await runActions(options.definition.actions, run, topFrame());
    const error = isGood
      ? null
      : { code: 'ActionFailed', message: 'An action failed. No dependent actions succeeded.' };
    return { status: isGood ? 'Succeeded' : 'Failed', error, history, variables };
  } catch (error) {
    if (!(error instanceof RunTerminated)) throw error;
    return { status: 'Failed', error: { code: error.code, message: error.message }, history, variables };
  }
}
