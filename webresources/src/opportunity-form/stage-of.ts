import { plainId } from '@crmjira/form-data';
import { STAGES, type Stage, type StageGoal, process } from '@crmjira/domain';

/** Stage of our process with this id; null for a stage of another process. */
export function stageOf(id: string | undefined): Stage | null {
  const bare = id && plainId(id);
  return STAGES.find((stage) => process.stages[stage] === bare) ?? null;
}

export interface Move {
  readonly from: Stage;
  readonly to: StageGoal;
}

/**
 * The move that a person is about to make. Before the change the platform tells the direction; the stage it names may be
 * the one that is left, then the next or previous one of our order is meant.
 */
export function moveOf(formContext: Xrm.FormContext, args: Xrm.Events.StageChangeEventArguments): Move | null {
  const from = stageOf(formContext.data.process.getActiveStage()?.getId());
  if (!from) return null;
  const named = stageOf(args.getStage()?.getId());
  if (named && named !== from) return { from, to: named };
  const step = args.getDirection() === 'Next' ? 1 : -1;
  const to = STAGES[STAGES.indexOf(from) + step];
  return to ? { from, to } : null;
}
