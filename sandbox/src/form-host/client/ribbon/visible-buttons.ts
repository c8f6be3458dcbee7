import type {
  Persona,
  RibbonButton,
  RibbonDisplayRule,
  RibbonEnableRule,
  RibbonFormRule,
  RibbonFunction,
} from '../../contract';
import { isLookup } from '../form/column';
import { functionNamed, loadScript } from '../xrm/run-handlers';
import { crmParameter } from './crm-parameters';
import type { RibbonContext } from './ribbon-context';

/** As `Persona` counts them; no privilege lies below all. */
const depths = ['Basic', 'Local', 'Deep', 'Global'];

/** Loads every web resource that buttons and rules name. */
export async function loadRibbonScripts(buttons: readonly RibbonButton[]): Promise<void> {
  const libraries = buttons.flatMap(({ action, enableRules }) => [action.library, ...enableRules.flatMap(librariesOf)]);
  for (const library of new Set(libraries)) await loadScript(`/WebResources/${library}`);
}

/**
 * The buttons that a person sees now. A Unified Interface app hides what an enable rule disables
 * (Microsoft, "Define ribbon enable rules").
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
      displayRules.every((rule) => displays(rule, persona, context)) &&
      enableRules.every((rule) => enables(rule, context, answers)),
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

function librariesOf(rule: RibbonEnableRule): readonly string[] {
  if (rule.kind === 'or') return rule.groups.flat().flatMap(librariesOf);
  return rule.kind === 'function' ? [rule.library] : [];
}

function displays(rule: RibbonDisplayRule, persona: Persona, context: RibbonContext): boolean {
  const holds = (): boolean => {
    if (rule.kind === 'or') return rule.groups.some((group) => group.every((one) => displays(one, persona, context)));
    if (rule.kind === 'privilege') {
      const depth = persona.privileges[`prv${rule.privilege}${rule.table}`.toLowerCase()] ?? -1;
      return depth >= depths.indexOf(rule.depth);
    }
    return holdsOnForm(rule, context);
  };
  return holds() !== rule.invert;
}

function enables(rule: RibbonEnableRule, context: RibbonContext, answers: (rule: RibbonFunction) => boolean): boolean {
  const holds = (): boolean => {
    if (rule.kind === 'function') return answers(rule);
    if (rule.kind === 'or') return rule.groups.some((group) => group.every((one) => enables(one, context, answers)));
    if (rule.kind === 'selection-count') {
      const count = context.list?.selectedIds.size ?? 0;
      return count >= rule.minimum && (rule.maximum === null || count <= rule.maximum);
    }
    return holdsOnForm(rule, context);
  };
  return holds() !== rule.invert;
}

function holdsOnForm(rule: RibbonFormRule, { form }: RibbonContext): boolean {
  if (form === undefined) return rule.otherwise;
  if (rule.kind === 'form-state') return form.state === rule.state;
  const value = form.valueOf(rule.column);
  if (value === undefined) return rule.otherwise;
  const text = isLookup(value) ? value.id : value === null ? '' : String(value);
  return text.toLowerCase() === rule.value.replace(/[{}]/g, '').toLowerCase();
}
