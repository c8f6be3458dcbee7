import type { Persona, RibbonButton, RibbonDisplayRule, RibbonFunction } from '../../contract';
import { functionNamed, loadScript } from '../xrm/run-handlers';

/** As `Persona` counts them; no privilege lies below all. */
const depths = ['Basic', 'Local', 'Deep', 'Global'];

/** Loads every web resource that buttons and rules name. */
export async function loadRibbonScripts(buttons: readonly RibbonButton[]): Promise<void> {
  const functions = buttons.flatMap(({ action, enableRules }) => [action, ...enableRules]);
  for (const library of new Set(functions.map((one) => one.library))) await loadScript(`/WebResources/${library}`);
}

/**
 * The buttons that a person sees now. A Unified Interface app hides what an enable rule disables
 * (Microsoft, "Define ribbon enable rules"); the host opens records that exist, so its form state is Existing.
 */
export function visibleButtons(
  buttons: readonly RibbonButton[],
  persona: Persona,
  formContext: unknown,
  holds: (rule: RibbonFunction) => boolean = (rule) => call(rule, formContext) === true,
): readonly RibbonButton[] {
  return buttons.filter(
    ({ displayRules, enableRules }) =>
      displayRules.every((rule) => displays(rule, persona)) && enableRules.every((rule) => holds(rule) !== rule.invert),
  );
}

/**
 * Answers of rules that promise theirs (Microsoft, "formContext.ui.refreshRibbon": promises in an EnableRule): a button is hidden until
 * the answer is there, and the rule is asked anew only for another version of the record or ribbon.
 */
export class PromisedRules {
  private readonly answers = new Map<string, { readonly version: string; holds: boolean }>();

  /** @param changed called when an answer has come */
  constructor(private readonly changed: () => void) {}

  holds(rule: RibbonFunction, formContext: unknown, version: string): boolean {
    const known = this.answers.get(rule.functionName);
    if (known?.version === version) return known.holds;
    const result = call(rule, formContext);
    if (!(result instanceof Promise)) return result === true;
    const answer = { version, holds: known?.holds ?? false };
    this.answers.set(rule.functionName, answer);
    const settle = (value: unknown): void => {
      const before = answer.holds;
      answer.holds = value === true;
      if (answer.holds !== before && this.answers.get(rule.functionName) === answer) this.changed();
    };
    result.then(settle, () => settle(false));
    return answer.holds;
  }
}

export function press({ action }: RibbonButton, formContext: unknown): unknown {
  return call(action, formContext);
}

function displays(rule: RibbonDisplayRule, persona: Persona): boolean {
  const holds =
    rule.kind === 'form-state'
      ? rule.state === 'Existing'
      : (persona.privileges[`prv${rule.privilege}${rule.table}`.toLowerCase()] ?? -1) >= depths.indexOf(rule.depth);
  return holds !== rule.invert;
}

function call(one: RibbonFunction, formContext: unknown): unknown {
  const values = one.parameters.map((parameter) => {
    if (parameter === 'PrimaryControl') return formContext;
    throw new Error(`The host does not give the ribbon parameter ${parameter}.`);
  });
  return functionNamed(one.library, one.functionName)(...values);
}
