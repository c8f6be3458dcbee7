import type { Actions } from '../definition/actions';
import type { EvaluationContext } from '../expression/evaluate';
import { ExpressionError } from '../expression/expression-error';
import type { ActionResult } from './action-result';
import { findResult, type Frame } from './frame';
import type { Run } from './run';
import { contextOf } from './evaluation-context';

/** The actions directly inside a scope, wherever in the definition the scope stands. */
function actionsInside(actions: Actions, scope: string): Actions | null {
  for (const [name, action] of Object.entries(actions)) {
    if (!('actions' in action)) continue;
    if (name === scope) return action.actions;
    const all = { ...action.actions, ...('else' in action ? action.else?.actions : {}) };
    const inside = actionsInside(all, scope);
    if (inside !== null) return inside;
  }
  return null;
}

/** The functions that tell of the run, as an action sees them. */
export function contextIn(run: Run, frame: Frame): EvaluationContext {
  return contextOf(run, frame, (scope) => {
    const inside = actionsInside(run.definition.actions, scope);
    if (inside === null) throw new ExpressionError(`there is no scope ${scope}`);
    return Object.keys(inside).flatMap((name): ActionResult[] => {
      const result = findResult(frame, name);
      return result === undefined ? [] : [result];
    });
  });
}
