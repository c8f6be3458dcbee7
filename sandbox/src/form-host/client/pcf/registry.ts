import type { ControlDefinition } from '../../contract';
import { loadScript } from '../xrm/run-handlers';

/** A code component's class as its bundle registers it: a virtual control, whose updateView gives a React element. */
export type ControlClass = new () => ComponentFramework.ReactControl<unknown, unknown>;

const registered = new Map<string, ControlClass>();

/** Puts `ComponentFramework.registerControl` where production bundles expect it. */
export function installComponentFramework(): void {
  Object.assign(window, {
    ComponentFramework: {
      registerControl: (name: string, control: ControlClass) => void registered.set(name, control),
    },
  });
}

/** The component that FormXml names with its publisher prefix: `crmjira_CrmJira.BudgetBurn` → `CrmJira.BudgetBurn`. */
export function findDefinition(controls: readonly ControlDefinition[], placed: string): ControlDefinition | undefined {
  return controls.find((control) => placed === control.name || placed.endsWith(`_${control.name}`));
}

/**
 * Loads a component's production bundle and style sheets once.
 * @throws Error when the bundle does not register the component it is named for
 */
export async function loadControl(definition: ControlDefinition): Promise<ControlClass> {
  for (const href of definition.styles) {
    if (document.querySelector(`link[href="${href}"]`)) continue;
    const link = document.createElement('link');
    link.rel = 'stylesheet';
    link.href = href;
    document.head.append(link);
  }
  await loadScript(definition.bundle);
  const control = registered.get(definition.name);
  if (!control) throw new Error(`${definition.bundle} does not register ${definition.name}.`);
  return control;
}
