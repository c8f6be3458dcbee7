import { type Action, type DataAction, isConnectorCall, isContainer } from '../definition/actions';
import { evaluate, type EvaluationContext } from '../expression/evaluate';
import { ExpressionError } from '../expression/expression-error';
import { isObject, type Json } from '../expression/json';
import { parseExpression } from '../expression/parse-expression';
import { resolve } from '../expression/resolve';
import { type Outcome, succeeded } from './action-result';
import { callConnector } from './call-connector';
import type { Frame } from './frame';
import { runContainer, type RunInside } from './run-container';
import { type Run, RunTerminated } from './run';
import { contextIn } from './context-in-frame';

function array(value: Json, what: string): readonly Json[] {
  // Array.isArray does not narrow a readonly array.
  if (Array.isArray(value)) return value as readonly Json[];
  throw new ExpressionError(`${what} wants an array`);
}

async function runData(name: string, action: DataAction, run: Run, frame: Frame): Promise<Outcome> {
  const context = contextIn(run, frame);
  const withItem = (item: Json): EvaluationContext => ({ ...context, item: () => item });
  switch (action.type) {
    case 'Compose':
      return succeeded(resolve(action.inputs, context));
    case 'Query': {
      const expression = parseExpression(action.inputs.where.slice(1));
      const all = array(resolve(action.inputs.from, context), name);
      return succeeded({ body: all.filter((item) => evaluate(expression, withItem(item)) === true) });
    }
    case 'Select': {
      const all = array(resolve(action.inputs.from, context), name);
      return succeeded({ body: all.map((item) => resolve(action.inputs.select, withItem(item))) });
    }
    case 'InitializeVariable': {
      const [{ name: variable, value }] = action.inputs.variables;
      run.variables.set(variable, resolve(value, context));
      return succeeded(null);
    }
    case 'SetVariable': {
      const { name: variable, value } = action.inputs;
      if (!run.variables.has(variable)) throw new ExpressionError(`there is no variable ${variable}`);
      const resolved = resolve(value, context);
      run.variables.set(variable, resolved);
      return succeeded({ body: { name: variable, value: resolved } });
    }
    case 'Wait':
      await run.pause(action.inputs.interval.count * 1000);
      return succeeded(null);
    case 'Terminate': {
      const { code, message } = action.inputs.runError;
      throw new RunTerminated(code, String(resolve(message, context)));
    }
  }
}

/**
 * Runs one action whose turn has come.
 * @param runInside for the actions that it holds
 * @throws ExpressionError, and RunTerminated by a Terminate
 */
export async function runAction(
  name: string,
  action: Action,
  run: Run,
  frame: Frame,
  runInside: RunInside,
): Promise<Outcome> {
  if (isConnectorCall(action)) {
    const parameters = resolve(action.inputs.parameters, contextIn(run, frame));
    // A parameter without a value is left out, as the platform does.
    const given = isObject(parameters)
      ? Object.fromEntries(Object.entries(parameters).filter(([, value]) => value !== null))
      : parameters;
    return callConnector(action, given, run);
  }
  return isContainer(action) ? runContainer(name, action, run, frame, runInside) : runData(name, action, run, frame);
}
