import type { ProcessStageMetadata } from '@crmjira/domain';
import type { MoveResult, ProcessController } from '../form/process-controller';
import type { ProcessStatus } from '../form/process-instance';
import { refused } from './not-there';
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
  const { workflowId, name } = process.definition;
  return refused('formContext.data.process', {
    getActiveProcess: () =>
      refused('process', {
        getId: () => workflowId,
        getName: () => name[1033],
        getStages: () => stages(process.definition.stages),
        isRendered: () => true,
      }),
    getActiveStage: () => (process.activeStage ? stageApi(process.activeStage, process) : null),
    getSelectedStage: () => {
      const { stages: all } = process.definition;
      const selected = all.find((stage) => stage.id === process.selectedStageId) ?? process.activeStage;
      return selected ? stageApi(selected, process) : null;
    },
    getActivePath: () => stages(process.activePath),
    getInstanceId: () => process.instance?.id ?? '',
    getInstanceName: () => process.definition.name[1033],
    getStatus: () => process.instance?.status ?? 'active',
    setStatus: (status: ProcessStatus, callback?: MoveCallback) => report(process.setStatus(status), callback),
    /** The processes that the person may switch to: this host knows one. */
    getEnabledProcesses: (callback: (processes: Readonly<Record<string, string>>) => void) =>
      callback({ [workflowId]: name[1033] }),
    getProcessInstances: (callback: (instances: Readonly<Record<string, unknown>>) => void) => {
      const { instance } = process;
      callback(instance ? { [instance.id]: instanceFacts(process) } : {});
    },
    moveNext: (callback?: MoveCallback) => report(process.moveNext(), callback),
    movePrevious: (callback?: MoveCallback) => report(process.movePrevious(), callback),
    /** Only a stage that was completed; `unreachable` for one that is ahead. */
    setActiveStage: (id: string, callback?: MoveCallback) => {
      const known = process.definition.stages.some((stage) => stage.id === id);
      const ahead = known && !process.activePath.some((stage) => stage.id === id);
      report(ahead ? Promise.resolve('unreachable') : process.setActive(id), callback);
    },
    addOnPreStageChange: (handler: unknown) => events.onPreStageChange.add(handler),
    removeOnPreStageChange: (handler: unknown) => events.onPreStageChange.remove(handler),
    addOnStageChange: (handler: unknown) => events.onStageChange.add(handler),
    removeOnStageChange: (handler: unknown) => events.onStageChange.remove(handler),
    addOnStageSelected: (handler: unknown) => events.onStageSelected.add(handler),
    removeOnStageSelected: (handler: unknown) => events.onStageSelected.remove(handler),
    addOnPreProcessStatusChange: (handler: unknown) => events.onPreProcessStatusChange.add(handler),
    removeOnPreProcessStatusChange: (handler: unknown) => events.onPreProcessStatusChange.remove(handler),
    addOnProcessStatusChange: (handler: unknown) => events.onProcessStatusChange.add(handler),
    removeOnProcessStatusChange: (handler: unknown) => events.onProcessStatusChange.remove(handler),
  });
}

/** What `getProcessInstances` tells of one. */
function instanceFacts({ definition, instance }: ProcessController) {
  return {
    CreatedOnDate: new Date(instance?.startedOn ?? ''),
    ProcessDefinitionID: definition.workflowId,
    ProcessDefinitionName: definition.name[1033],
    ProcessInstanceID: instance?.id ?? '',
    ProcessInstanceName: definition.name[1033],
    StatusCodeName: instance?.status ?? 'active',
  };
}

export function stageApi(stage: ProcessStageMetadata, process: ProcessController) {
  return refused('stage', {
    getId: () => stage.id,
    getName: () => stage.name[1033],
    getEntityName: () => stage.table,
    getCategory: () => ({ getValue: () => stage.category }),
    getStatus: () => (process.activeStage?.id === stage.id ? 'active' : 'inactive'),
    getSteps: () =>
      stage.steps.map((step) =>
        refused('step', {
          getName: () => step.label[1033],
          getAttribute: () => step.column,
          isRequired: () => step.required,
        }),
      ),
  });
}

function report(move: Promise<MoveResult | ProcessStatus>, callback: MoveCallback | undefined): void {
  void move.then(
    (result) => callback?.(result),
    () => callback?.('invalid'),
  );
}
