import type { FormDefinition, FormHandler } from '../../contract';
import { type ScriptEvents, dataLoadStates, executionContext, loadArguments } from './script-events';

const loaded = new Map<string, Promise<void>>();

/** Loads a script once; the address is on the page's own origin. */
export function loadScript(address: string): Promise<void> {
  const known = loaded.get(address);
  if (known) return known;
  const promise = new Promise<void>((resolve, reject) => {
    const element = document.createElement('script');
    element.src = address;
    element.onload = () => resolve();
    element.onerror = () => {
      loaded.delete(address);
      reject(new Error(`${address} could not be loaded.`));
    };
    document.head.append(element);
  });
  loaded.set(address, promise);
  return promise;
}

/** Loads the form's libraries in their order and registers the handlers that FormXml names; runs those of `onload`. */
export async function startScripts(form: FormDefinition, events: ScriptEvents, formContext: unknown): Promise<void> {
  const atLoad = () => executionContext(formContext, formContext, loadArguments(dataLoadStates.initial));
  for (const library of form.libraries) await loadScript(`/WebResources/${library}`);
  for (const handler of form.handlers) {
    const call = (context: unknown) => callByName(handler, context);
    if (handler.event === 'onchange' && handler.attribute) events.onChange(handler.attribute).add(call);
    if (handler.event === 'onsave') events.onSave.add(call);
    if (handler.event === 'onload') call(atLoad());
  }
  events.onLoad.run('onload', atLoad());
}

/** Calls what FormXml names, looked up when the event fires, as the platform does. */
function callByName(handler: FormHandler, context: unknown): unknown {
  const found = functionNamed(handler.library, handler.functionName);
  return handler.passExecutionContext ? found(context) : found();
}

/** A path such as CrmJira.OpportunityForm.onLoad on the page's global object. @throws Error when there is no such function */
export function functionNamed(library: string, path: string): (...values: unknown[]) => unknown {
  const found = path
    .split('.')
    .reduce<unknown>(
      (holder, name) => (typeof holder === 'object' && holder !== null ? Reflect.get(holder, name) : undefined),
      window,
    );
  if (!isFunction(found)) throw new Error(`${library} has no function ${path}.`);
  return found;
}

function isFunction(value: unknown): value is (...values: unknown[]) => unknown {
  return typeof value === 'function';
}
