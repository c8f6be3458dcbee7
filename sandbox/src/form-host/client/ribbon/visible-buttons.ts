import type {
  Persona,
  RibbonButton,
  RibbonDisplayRule,
  RibbonEnableRule,
  RibbonFlyout,
  RibbonFormRule,
  RibbonFunction,
  RibbonItem,
} from '../../contract';
import { isLookup } from '../form/column';
import { functionNamed, loadScript } from '../xrm/run-handlers';
import { crmParameter } from './crm-parameters';
import type { RibbonContext } from './ribbon-context';

/** As `Persona` counts them; no privilege lies below all. */
const depths = ['Basic', 'Local', 'Deep', 'Global'];

export const isFlyout = (item: RibbonItem): item is RibbonFlyout => 'sections' in item;

/** All buttons of a command bar, those in its menus too. */
export function buttonsOf(items: readonly RibbonItem[]): readonly RibbonButton[] {
  return items.flatMap((item) => (isFlyout(item) ? item.sections.flatMap(({ buttons }) => buttons) : [item]));
}

/** Loads every web resource that buttons and rules name. */
export async function loadRibbonScripts(items: readonly RibbonItem[]): Promise<void> {
  const libraries = [
    ...buttonsOf(items).map(({ action }) => action.library),
    ...[...items, ...buttonsOf(items)].flatMap(({ enableRules }) => enableRules.flatMap(librariesOf)),
  ];
  for (const library of new Set(libraries)) await loadScript(`/WebResources/${library}`);
}

/**
 * The buttons that a person sees now. A Unified Interface app hides what an enable rule disables
 * (Microsoft, "Define ribbon enable rules").
 * @param answers whether a rule's function says yes; by default it is called
 */
export function visibleButtons<Element extends Pick<RibbonItem, 'displayRules' | 'enableRules'>>(
  elements: readonly Element[],
  persona: Persona,
  context: RibbonContext,
  answers: (rule: RibbonFunction) => boolean = (rule) => callFunction(rule, context) === true,
): readonly Element[] {
  return elements.filter(
    ({ displayRules, enableRules }) =>
      displayRules.every((rule) => displays(rule, persona, context)) &&
      enableRules.every((rule) => enables(rule, context, answers)),
  );
}

/**
 * What of a command bar a person sees now: of a menu the buttons that its rules leave, and no menu or section without any.
 * @param answers as for `visibleButtons`
 */
export function visibleItems(
  items: readonly RibbonItem[],
  persona: Persona,
  context: RibbonContext,
  answers?: (rule: RibbonFunction) => boolean,
): readonly RibbonItem[] {
  const seen = <Element extends RibbonItem>(elements: readonly Element[]): readonly Element[] =>
    visibleButtons(elements, persona, context, answers);
  return seen(items).flatMap((item): readonly RibbonItem[] => {
    if (!isFlyout(item)) return [item];
    const sections = item.sections
      .map((section) => ({ ...section, buttons: seen(section.buttons) }))
      .filter(({ buttons }) => buttons.length > 0);
    return sections.length === 0 ? [] : [{ ...item, sections }];
  });
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
