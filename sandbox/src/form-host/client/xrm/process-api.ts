import type { ProcessStageMetadata } from '@crmjira/domain';
import type { MoveResult, ProcessController } from '../form/process-controller';
import type { ScriptEvents } from './script-events';

type MoveCallback = (result: string) => void;

/** `formContext.data.process`. */
export function processApi(process: ProcessController, events: ScriptEvents) {
  const stages = (list: readonly ProcessStageMetadata[]) => {
    const items = list.map((stage) => stageApi(stage, process));
    return {
      get: (index?: number) => (index === undefined ? items : (items[index] ?? null)),
      forEach: (visit: (stage: unknown, index: number) => void) => items.forEach(visit),
      getLength: () => items.length,
    };
  };
  return {
    getActiveProcess: () => ({
      getId: () => process.definition.workflowId,
      getName: () => process.definition.name[1033],
      getStages: () => stages(process.definition.stages),
      isRendered: () => true,
    }),
    getActiveStage: () => (process.activeStage ? stageApi(process.activeStage, process) : null),
    getSelectedStage: () => (process.activeStage ? stageApi(process.activeStage, process) : null),
    getActivePath: () => stages(process.definition.stages),
    getInstanceId: () => process.instance?.id ?? '',
    getStatus: () => (process.instance?.finished ? 'finished' : 'active'),
    moveNext: (callback?: MoveCallback) => report(process.moveNext(), callback),
    movePrevious: (callback?: MoveCallback) => report(process.movePrevious(), callback),
    setActiveStage: (id: string, callback?: MoveCallback) => report(process.setActive(id), callback),
    addOnPreStageChange: (handler: unknown) => events.onPreStageChange.add(handler),
    removeOnPreStageChange: (handler: unknown) => events.onPreStageChange.remove(handler),
    addOnStageChange: (handler: unknown) => events.onStageChange.add(handler),
    removeOnStageChange: (handler: unknown) => events.onStageChange.remove(handler),
    addOnStageSelected: (handler: unknown) => events.onStageSelected.add(handler),
    removeOnStageSelected: (handler: unknown) => events.onStageSelected.remove(handler),
  };
}

export function stageApi(stage: ProcessStageMetadata, process: ProcessController) {
  return {
    getId: () => stage.id,
    getName: () => stage.name[1033],
    getEntityName: () => stage.table,
    getCategory: () => ({ getValue: () => stage.category }),
    getStatus: () => (process.activeStage?.id === stage.id ? 'active' : 'inactive'),
    getSteps: () =>
      stage.steps.map((step) => ({
        getName: () => step.label[1033],
        getAttribute: () => step.column,
        isRequired: () => step.required,
      })),
  };
}

function report(move: Promise<MoveResult>, callback: MoveCallback | undefined): void {
  void move.then(
    (result) => callback?.(result === 'preventDefault' ? 'invalid' : result),
    () => callback?.('invalid'),
  );
}
