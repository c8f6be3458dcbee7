import { process } from '@crmjira/domain';
import type { Stage } from '@crmjira/domain';

type Handler = (context: Xrm.Events.StageChangeEventContext) => void;
type StatusHandler = Xrm.Events.ProcessStatusChangeHandler;

/**
 * A form context as the client API gives it, as far as the script uses it, with what happened to it.
 * @param hidden columns that column security hides from the person
 */
export function createFakeForm(columns: Record<string, unknown>, active: Stage, hidden: readonly string[] = []) {
  const form = new Map<string, string>();
  const field = new Map<string, string>();
  const pre: Handler[] = [];
  const after: Handler[] = [];
  const preStatus: StatusHandler[] = [];
  const changes = new Map<string, (() => void)[]>();
  const loads: (() => void)[] = [];
  const edited = new Set<string>();
  const required = new Map<string, string>();
  const disabled = new Set<string>();
  const labels = new Map<string, string>();
  /** what beside a field can be pressed */
  const actions = new Map<string, () => void>();
  const focused: string[] = [];
  const saves: (() => void)[] = [];
  const state = { active, dirty: false, refreshed: 0, moves: 0, finished: false, type: 2 };
  const attribute = (name: string) =>
    name in columns
      ? {
          getValue: () => (hidden.includes(name) ? null : (columns[name] ?? null)),
          getUserPrivilege: () => ({ canRead: !hidden.includes(name), canUpdate: false, canCreate: false }),
          getIsDirty: () => edited.has(name),
          setRequiredLevel: (level: string) => required.set(name, level),
          addOnChange: (handler: () => void) => changes.set(name, [...(changes.get(name) ?? []), handler]),
        }
      : null;
  const control = (name: string) =>
    name in columns
      ? {
          addNotification: (one: {
            messages: string[];
            notificationLevel: string;
            actions?: { message: string; actions: (() => void)[] }[];
          }) => {
            field.set(name, `${one.notificationLevel}: ${one.messages.join(' ')}`);
            for (const { message, actions: runs } of one.actions ?? [])
              actions.set(message, () => runs.forEach((run) => run()));
          },
          setNotification: (message: string) => field.set(name, `ERROR: ${message}`),
          clearNotification: () => field.delete(name),
          setDisabled: (is: boolean) => void (is ? disabled.add(name) : disabled.delete(name)),
          setLabel: (label: string) => labels.set(name, label),
          setFocus: () => focused.push(name),
          getParent: () => ({ getParent: () => ({ setFocus: () => focused.push(`tab of ${name}`) }) }),
        }
      : null;
  const stageApi = (stage: Stage) => ({ getId: () => process.stages[stage] });
  const order = Object.keys(process.stages) as Stage[];
  const fire = (handlers: Handler[], to: Stage, direction: 'Next' | 'Previous') => {
    let prevented = false;
    const args = {
      getStage: () => stageApi(to),
      getDirection: () => direction,
      preventDefault: () => {
        prevented = true;
      },
    };
    // only what the script reads of the event is here
    const context = { getEventArgs: () => args } as unknown as Xrm.Events.StageChangeEventContext;
    handlers.forEach((handler) => handler(context));
    return !prevented;
  };
  const go = (direction: 'Next' | 'Previous') => {
    const to = order[order.indexOf(state.active) + (direction === 'Next' ? 1 : -1)] ?? state.active;
    if (!fire(pre, to, direction)) return false;
    state.moves += 1;
    state.active = to;
    fire(after, to, direction);
    return true;
  };
  const finish = () => {
    let prevented = false;
    const args = {
      getStage: () => stageApi(state.active),
      getStatus: () => 'finished',
      preventDefault: () => {
        prevented = true;
      },
    };
    // only what the script reads of the event is here
    const context = { getEventArgs: () => args } as unknown as Xrm.Events.ProcessStatusChangedEventContext;
    preStatus.forEach((handler) => handler(context));
    state.finished = !prevented;
    return !prevented;
  };
  const formContext = {
    getAttribute: attribute,
    getControl: control,
    ui: {
      getFormType: () => state.type,
      setFormNotification: (message: string, level: string, id: string) => form.set(id, `${level}: ${message}`),
      clearFormNotification: (id: string) => form.delete(id),
    },
    data: {
      entity: {
        getId: () => '{A1B2C3D4-E5F6-7890-ABCD-EF1234567890}',
        getIsDirty: () => state.dirty,
        addOnPostSave: (handler: () => void) => saves.push(handler),
      },
      refresh: async () => {
        state.refreshed += 1;
        loads.forEach((handler) => handler());
      },
      addOnLoad: (handler: () => void) => loads.push(handler),
      process: {
        getActiveStage: () => stageApi(state.active),
        addOnPreStageChange: (handler: Handler) => pre.push(handler),
        addOnStageChange: (handler: Handler) => after.push(handler),
        addOnPreProcessStatusChange: (handler: StatusHandler) => preStatus.push(handler),
        addOnProcessStatusChange: () => undefined,
        setStatus: () => finish(),
        moveNext: () => go('Next'),
        movePrevious: () => go('Previous'),
      },
    },
  };
  return {
    // a stand-in of what the script uses, not of the whole client API
    context: { getFormContext: () => formContext } as unknown as Xrm.Events.EventContext,
    next: () => go('Next'),
    back: () => go('Previous'),
    finish,
    save: () => saves.forEach((handler) => handler()),
    /** The move passes the form; the server refuses it, so the stage stays and no change is told. */
    refusedNext: () => fire(pre, order[order.indexOf(state.active) + 1] ?? state.active, 'Next'),
    refusedBack: () => fire(pre, order[order.indexOf(state.active) - 1] ?? state.active, 'Previous'),
    /** What the form answers to a move whose event names this stage. */
    tries: (named: Stage, direction: 'Next' | 'Previous') => fire(pre, named, direction),
    /** A person changes a column on the form. */
    change: (name: string, value: unknown) => {
      columns[name] = value;
      edited.add(name);
      changes.get(name)?.forEach((handler) => handler());
    },
    /** The form is saved or read again, with what the service has written meanwhile. */
    load: (written: Record<string, unknown>) => {
      Object.assign(columns, written);
      edited.clear();
      loads.forEach((handler) => handler());
    },
    form,
    field,
    required,
    disabled,
    labels,
    actions,
    focused,
    state,
    columns,
  };
}
