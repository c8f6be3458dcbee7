import type { Actions, Container } from '../definition/actions';
import { evaluate } from '../expression/evaluate';
import { ExpressionError } from '../expression/expression-error';
import type { Json } from '../expression/json';
import { parseExpression } from '../expression/parse-expression';
import { resolve } from '../expression/resolve';
import { failed, type Outcome, succeeded } from './action-result';
import { milliseconds } from './duration';
import type { Frame } from './frame';
import type { Run } from './run';
import { contextIn } from './context-in-frame';
import { testCondition } from './test-condition';

type Of<Type extends Container['type']> = Extract<Container, { readonly type: Type }>;

/**
 * Runs the actions of a scope; handed in, as they may hold others.
 * @returns whether the scope succeeds
 */
export type RunInside = (actions: Actions, run: Run, frame: Frame) => Promise<boolean>;

const ended = (isGood: boolean): Outcome =>
  isGood ? succeeded(null) : failed('ActionFailed', 'An action failed. No dependent actions succeeded.');

async function runForeach(
  name: string,
  action: Of<'Foreach'>,
  run: Run,
  frame: Frame,
  runInside: RunInside,
): Promise<Outcome> {
  const items = resolve(action.foreach, contextIn(run, frame));
  if (!Array.isArray(items)) throw new ExpressionError(`${name} wants an array to go through`);
  // Array.isArray does not narrow a readonly array.
  const waiting = [...(items as readonly Json[])];
  const rounds: boolean[] = [];
  const lane = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift())
      rounds.push(await runInside(action.actions, run, { results: new Map(), outer: frame, loop: { name, item } }));
  };
  await Promise.all(Array.from({ length: action.runtimeConfiguration.concurrency.repetitions }, lane));
  return ended(rounds.every(Boolean));
}

/** Rounds until the expression holds; at the limit the loop ends and counts as succeeded, as on the platform. */
async function runUntil(action: Of<'Until'>, run: Run, frame: Frame, runInside: RunInside): Promise<Outcome> {
  const expression = parseExpression(action.expression.slice(1));
  const longest = milliseconds(action.limit.timeout);
  let waited = 0;
  const paused: Run = {
    ...run,
    pause: async (time) => {
      waited += time;
      await run.pause(time);
    },
  };
  for (let round = 0; round < action.limit.count && waited < longest; round += 1) {
    if (!(await runInside(action.actions, paused, frame))) return ended(false);
    if (evaluate(expression, contextIn(run, frame)) === true) break;
  }
  return succeeded(null);
}

/** Runs an action that holds others. */
export async function runContainer(
  name: string,
  action: Container,
  run: Run,
  frame: Frame,
  runInside: RunInside,
): Promise<Outcome> {
  switch (action.type) {
    case 'Scope':
      return ended(await runInside(action.actions, run, frame));
    case 'If': {
      const holds = testCondition(resolve(action.expression, contextIn(run, frame)));
      return ended(await runInside(holds ? action.actions : (action.else?.actions ?? {}), run, frame));
    }
    case 'Foreach':
      return runForeach(name, action, run, frame, runInside);
    case 'Until':
      return runUntil(action, run, frame, runInside);
  }
}
