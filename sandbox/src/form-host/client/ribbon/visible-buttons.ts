import type { Persona, RibbonButton, RibbonDisplayRule, RibbonEnableRule, RibbonFunction } from '../../contract';
import { functionNamed, loadScript } from '../xrm/run-handlers';
import { crmParameter } from './crm-parameters';
import type { RibbonContext } from './ribbon-context';

/** As `Persona` counts them; no privilege lies below all. */
const depths = ['Basic', 'Local', 'Deep', 'Global'];

/** Loads every web resource that buttons and rules name. */
export async function loadRibbonScripts(buttons: readonly RibbonButton[]): Promise<void> {
  const libraries = buttons.flatMap(({ action, enableRules }) => [
    action.library,
    ...enableRules.flatMap((rule) => (rule.kind === 'function' ? rule.library : [])),
  ]);
  for (const library of new Set(libraries)) await loadScript(`/WebResources/${library}`);
}

/**
 * The buttons that a person sees now. A Unified Interface app hides what an enable rule disables
 * (Microsoft, "Define ribbon enable rules"); the host opens records that exist, so its form state is Existing.
 * @param answers whether a rule's function says yes; by default it is called
 */
export function visibleButtons(
  buttons: readonly RibbonButton[],
  persona: Persona,
  context: RibbonContext,
  answers: (rule: RibbonFunction) => boolean = (rule) => callFunction(rule, context) === true,
): readonly RibbonButton[] {
  return buttons.filter(
    ({ displayRules, enableRules }) =>
      displayRules.every((rule) => displays(rule, persona)) &&
      enableRules.every((rule) => enables(rule, context, answers) !== rule.invert),
  );
}

export function press({ action }: RibbonButton, context: RibbonContext): unknown {
  return callFunction(action, context);
}

/** Calls a function of the ribbon with the values that it asks for. @throws Error when there is none, or a parameter is not given */
export function callFunction({ library, functionName, parameters }: RibbonFunction, context: RibbonContext): unknown {
  const given = parameters.map((parameter) =>
    'constant' in parameter ? parameter.constant : crmParameter(parameter.crmParameter, context),
  );
  return functionNamed(library, functionName)(...given);
}

function displays(rule: RibbonDisplayRule, persona: Persona): boolean {
  const holds =
    rule.kind === 'form-state'
      ? rule.state === 'Existing'
      : (persona.privileges[`prv${rule.privilege}${rule.table}`.toLowerCase()] ?? -1) >= depths.indexOf(rule.depth);
  return holds !== rule.invert;
}

function enables(rule: RibbonEnableRule, { list }: RibbonContext, answers: (rule: RibbonFunction) => boolean): boolean {
  if (rule.kind === 'function') return answers(rule);
  const count = list?.selectedIds.size ?? 0;
  return count >= rule.minimum && (rule.maximum === null || count <= rule.maximum);
}
