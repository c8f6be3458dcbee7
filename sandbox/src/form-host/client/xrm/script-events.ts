type Handler = (context: unknown) => unknown;

/** Handlers of one event, in the order in which scripts added them; adding one twice calls it once. */
export class HandlerList {
  private readonly handlers: Handler[] = [];

  add(handler: unknown): void {
    if (isHandler(handler) && !this.handlers.includes(handler)) this.handlers.push(handler);
  }

  remove(handler: unknown): void {
    const index = isHandler(handler) ? this.handlers.indexOf(handler) : -1;
    if (index >= 0) this.handlers.splice(index, 1);
  }

  /** A handler that throws stops neither the form nor the ones after it; the console says which event failed. */
  run(event: string, context: unknown): void {
    for (const handler of [...this.handlers])
      try {
        handler(context);
      } catch (error) {
        console.error(`A form script failed in ${event}.`, error);
      }
  }
}

function isHandler(value: unknown): value is Handler {
  return typeof value === 'function';
}

/** Events of the form that scripts may handle. */
export class ScriptEvents {
  readonly onSave = new HandlerList();
  readonly onDataLoad = new HandlerList();
  readonly onPreStageChange = new HandlerList();
  readonly onStageChange = new HandlerList();
  readonly onStageSelected = new HandlerList();
  private readonly changes = new Map<string, HandlerList>();

  constructor(readonly close: () => void) {}

  onChange(column: string): HandlerList {
    const known = this.changes.get(column);
    if (known) return known;
    const list = new HandlerList();
    this.changes.set(column, list);
    return list;
  }
}

/** Execution context that every handler is called with. */
export function executionContext(formContext: unknown, source: unknown, eventArgs: unknown = null) {
  const shared = new Map<string, unknown>();
  return {
    getFormContext: () => formContext,
    getEventSource: () => source,
    getEventArgs: () => eventArgs,
    getDepth: () => 1,
    getContext: () => ({}),
    getSharedVariable: (key: string) => shared.get(key),
    setSharedVariable: (key: string, value: unknown) => void shared.set(key, value),
  };
}
