import { HandlerList } from './handler-list';

/** Events of the form that scripts may handle. */
export class ScriptEvents {
  readonly onSave = new HandlerList();
  readonly onPostSave = new HandlerList();
  /** added by scripts while the form loads, after those that FormXml names */
  readonly onLoad = new HandlerList();
  /** the form has loaded and can be used */
  readonly onLoaded = new HandlerList();
  readonly onDataLoad = new HandlerList();
  readonly onPreStageChange = new HandlerList();
  readonly onStageChange = new HandlerList();
  readonly onStageSelected = new HandlerList();
  readonly onPreProcessStatusChange = new HandlerList();
  readonly onProcessStatusChange = new HandlerList();
  private readonly changes = new Map<string, HandlerList>();
  private readonly tabs = new Map<string, HandlerList>();
  private readonly grids = new Map<string, HandlerList>();
  private readonly lookups = new Map<string, HandlerList>();

  constructor(readonly close: () => void) {}

  onChange(column: string): HandlerList {
    return listOf(this.changes, column);
  }

  onTabStateChange(tab: string): HandlerList {
    return listOf(this.tabs, tab);
  }

  /** before each search in the lookup of a column */
  onPreSearch(column: string): HandlerList {
    return listOf(this.lookups, column);
  }

  onGridLoad(control: string): HandlerList {
    return listOf(this.grids, control);
  }
}

function listOf(lists: Map<string, HandlerList>, name: string): HandlerList {
  const known = lists.get(name);
  if (known) return known;
  const list = new HandlerList();
  lists.set(name, list);
  return list;
}

/** Numbers of `getDataLoadState`. Source: client API reference, formContext.data.addOnLoad. */
export const dataLoadStates = { initial: 1, save: 2, refresh: 3 } as const;

/** Event arguments of every OnLoad. */
export function loadArguments(state: number) {
  return { getDataLoadState: () => state };
}

/** The client API lies on the page's global object while a form is shown. */
function globalContext(): unknown {
  const { Xrm: api } = window as unknown as { Xrm: { Utility: { getGlobalContext: () => unknown } } };
  return api.Utility.getGlobalContext();
}

/** Execution context that every handler is called with; shared variables live as long as the event. */
export function executionContext(formContext: unknown, source: unknown, eventArgs: unknown = null) {
  const shared = new Map<string, unknown>();
  return {
    getFormContext: () => formContext,
    getEventSource: () => source,
    getEventArgs: () => eventArgs,
    getDepth: () => 1,
    getContext: globalContext,
    getSharedVariable: (key: string) => shared.get(key),
    setSharedVariable: (key: string, value: unknown) => void shared.set(key, value),
  };
}
