type Handler = (context: unknown) => unknown;

/** Milliseconds that a save waits for the promise of one handler. Source: Form OnSave event, "Async onSave timeouts". */
const patience = 10_000;

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

  /**
   * A handler that throws stops neither the form nor the ones after it; the console says which event failed.
   * @returns what the handlers returned, and whether one of them threw
   */
  run(event: string, context: unknown): { readonly returned: readonly unknown[]; readonly failed: boolean } {
    let failed = false;
    const returned = [...this.handlers].map((handler) => {
      try {
        return handler(context);
      } catch (error) {
        failed = true;
        console.error(`A form script failed in ${event}.`, error);
        return undefined;
      }
    });
    return { returned, failed };
  }

  /**
   * Runs the handlers and waits for the promises that they returned, each for ten seconds unless `isPatient`.
   * @returns true when one threw, rejected or took too long
   */
  async runAndWait(event: string, context: unknown, isPatient: () => boolean): Promise<boolean> {
    const { returned, failed } = this.run(event, context);
    const results = await Promise.all(returned.map((value) => settled(value, event, isPatient())));
    return failed || results.includes(false);
  }
}

async function settled(value: unknown, event: string, isPatient: boolean): Promise<boolean> {
  if (!(value instanceof Promise)) return true;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    if (!isPatient) timer = setTimeout(() => reject(new Error(`no answer within ${patience} ms`)), patience);
  });
  try {
    await Promise.race([value, late]);
    return true;
  } catch (error) {
    console.error(`A form script failed in ${event}.`, error);
    return false;
  } finally {
    clearTimeout(timer);
  }
}

function isHandler(value: unknown): value is Handler {
  return typeof value === 'function';
}
