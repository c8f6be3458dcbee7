import type { EvaluationContext } from '../expression/evaluate';
import { ExpressionError } from '../expression/expression-error';
import { isObject, type Json } from '../expression/json';
import type { ActionResult } from './action-result';
import { findItem, findResult, type Frame } from './frame';
import type { RunOptions } from './run';

const asJson = ({ name, status, inputs, outputs, error }: ActionResult): Json => ({
  name,
  status,
  inputs,
  outputs,
  error: error === null ? null : { ...error },
});

/** Values of the definition's parameters: the environment variable's, else the default. */
export function parameterValue(
  { definition, environment = {} }: Pick<RunOptions, 'definition' | 'environment'>,
  name: string,
): Json {
  const declared = definition.parameters[name];
  if (declared === undefined) throw new ExpressionError(`there is no parameter ${name}`);
  const schemaName = declared.metadata?.schemaName;
  return (schemaName === undefined ? undefined : environment[schemaName]) ?? declared.defaultValue;
}

/**
 * The functions that tell of the run. Outputs of an action that was skipped or has not run are null, as on the platform.
 * @param children results of the actions directly inside a scope
 */
export function contextOf(
  run: RunOptions & { readonly variables: ReadonlyMap<string, Json> },
  frame: Frame | null,
  children: (scope: string) => readonly ActionResult[],
): EvaluationContext {
  const name = (args: readonly Json[]): string => {
    const [given] = args;
    if (typeof given === 'string') return given;
    throw new ExpressionError('a name is wanted');
  };
  const outputs = (args: readonly Json[]): Json => findResult(frame, name(args))?.outputs ?? null;
  const itemOf = (loop?: string): Json => {
    const item = findItem(frame, loop);
    if (item === undefined) throw new ExpressionError('there is no loop around this');
    return item;
  };
  return {
    triggeroutputs: () => run.triggerOutputs,
    outputs,
    body: (args) => {
      const value = outputs(args);
      return isObject(value) ? (value['body'] ?? null) : null;
    },
    result: (args) => children(name(args)).map(asJson),
    item: () => itemOf(),
    items: (args) => itemOf(name(args)),
    variables: (args) => {
      const value = run.variables.get(name(args));
      if (value === undefined) throw new ExpressionError(`there is no variable ${name(args)}`);
      return value;
    },
    parameters: (args) => parameterValue(run, name(args)),
    workflow: () => ({ run: { name: run.runName } }),
  };
}
