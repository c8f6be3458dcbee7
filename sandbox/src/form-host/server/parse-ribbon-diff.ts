import { entryOf } from '@crmjira/domain';
import type { Labels } from '@crmjira/domain';
import type {
  RibbonButton,
  RibbonDisplayRule,
  RibbonEnableRule,
  RibbonFlyout,
  RibbonFormRule,
  RibbonFormState,
  RibbonFunction,
  RibbonItem,
  RibbonOrRule,
  RibbonParameter,
  TableRibbon,
} from '../contract';
import { type NamedNode, type XmlNode, attribute, children, elements, flag, labelsOf, parseXml } from './xml-node';

export class RibbonDiffError extends Error {
  readonly code = 'RIBBON_DIFF';
}

/**
 * Buttons and menus that a table's RibbonDiff adds to its form, to its list and to its sub-grids, each in the order of their sequence. A location
 * names its ribbon: `Mscrm.Form.{table}.…`, `Mscrm.HomepageGrid.{table}.…`, `Mscrm.SubGrid.{table}.…`
 * (Microsoft, "Ribbons available").
 * @throws RibbonDiffError when a button names a command, a rule or a label that the file does not define, or is of a kind that this host
 *   does not know: none is left out in silence
 */
export function parseRibbonDiff(xml: string, table: string): TableRibbon {
  const [root] = children(parseXml(xml), 'RibbonDiffXml');
  if (!root) throw new RibbonDiffError('The file holds no <RibbonDiffXml>.');
  const commands = byId(children(root, 'CommandDefinitions', 'CommandDefinition'));
  const displayRules = byId(children(root, 'RuleDefinitions', 'DisplayRules', 'DisplayRule'));
  const enableRules = byId(children(root, 'RuleDefinitions', 'EnableRules', 'EnableRule'));
  const texts = byId(children(root, 'LocLabels', 'LocLabel'));
  const textOf = (reference: string): Labels => {
    if (!reference.startsWith('$LocLabels:')) return { 1033: reference, 3084: reference };
    return labelsOf(children(found(texts, reference.slice('$LocLabels:'.length), 'label'), 'Titles', 'Title'));
  };
  /** What an element says of itself, and the rules of its command; of one without a command there are none. */
  const toElement = (node: XmlNode, command: XmlNode | null): Omit<RibbonButton, 'action'> => {
    const parts = {
      id: attribute(node, 'Id'),
      label: textOf(attribute(node, 'LabelText')),
      toolTip: textOf(attribute(node, 'ToolTipDescription')),
    };
    if (command === null) return { ...parts, displayRules: [], enableRules: [] };
    return {
      ...parts,
      displayRules: children(command, 'DisplayRules', 'DisplayRule').flatMap((rule) =>
        displayRulesOf(found(displayRules, attribute(rule, 'Id'), 'display rule'), table),
      ),
      enableRules: children(command, 'EnableRules', 'EnableRule').flatMap((rule) =>
        enableRulesOf(found(enableRules, attribute(rule, 'Id'), 'enable rule')),
      ),
    };
  };
  const toButton = (button: XmlNode): RibbonButton => {
    const command = found(commands, attribute(button, 'Command'), 'command');
    const [action] = children(command, 'Actions', 'JavaScriptFunction');
    if (!action) throw new RibbonDiffError(`${attribute(button, 'Id')} calls no function.`);
    return { ...toElement(button, command), action: functionOf(action) };
  };
  const actions = children(root, 'CustomActions', 'CustomAction');
  // "Location" of a HideCustomAction is the id of the element that goes.
  const hidden = children(root, 'CustomActions', 'HideCustomAction').map((action) => attribute(action, 'Location'));
  const isHidden = (node: XmlNode): boolean => hidden.includes(attribute(node, 'Id'));
  const toFlyout = (node: XmlNode): RibbonFlyout => {
    if (flag(node, 'PopulateDynamically', false))
      throw new RibbonDiffError(
        `${attribute(node, 'Id')} fills its menu by a script; the host draws menus as written.`,
      );
    const named = attribute(node, 'Command');
    const sections = bySequence(children(node, 'Menu', 'MenuSection')).filter((section) => !isHidden(section));
    return {
      ...toElement(node, named === '' ? null : found(commands, named, 'command')),
      sections: sections.map((section) => ({
        id: attribute(section, 'Id'),
        title: attribute(section, 'Title') === '' ? null : textOf(attribute(section, 'Title')),
        buttons: bySequence(children(section, 'Controls').flatMap(elements).map(onlyButton))
          .filter((button) => !isHidden(button))
          .map(toButton),
      })),
    };
  };
  const itemsAt = (ribbon: string): RibbonItem[] =>
    actions
      .filter((action) => attribute(action, 'Location').startsWith(`Mscrm.${ribbon}.${table}.`))
      .flatMap((action) => children(action, 'CommandUIDefinition').flatMap(elements))
      .filter(({ node }) => !isHidden(node))
      .sort((one, other) => sequenceOf(one.node) - sequenceOf(other.node))
      .map((element) => (element.name === 'FlyoutAnchor' ? toFlyout(element.node) : toButton(onlyButton(element))));
  return {
    form: itemsAt('Form'),
    homepageGrid: itemsAt('HomepageGrid'),
    subGrid: itemsAt('SubGrid'),
    ...(hidden.length > 0 ? { hidden } : {}),
  };
}

const sequenceOf = (node: XmlNode): number => Number(attribute(node, 'Sequence'));

const bySequence = (nodes: readonly XmlNode[]): readonly XmlNode[] =>
  nodes.toSorted((one, other) => sequenceOf(one) - sequenceOf(other));

/** @throws RibbonDiffError for anything but a button */
function onlyButton({ name, node }: NamedNode): XmlNode {
  if (name !== 'Button')
    throw new RibbonDiffError(`${attribute(node, 'Id')} is a ${name}; the host draws buttons and menus of buttons.`);
  return node;
}

const byId = (nodes: readonly XmlNode[]): ReadonlyMap<string, XmlNode> =>
  new Map(nodes.map((node) => [attribute(node, 'Id'), node]));

function found(known: ReadonlyMap<string, XmlNode>, id: string, kind: string): XmlNode {
  const node = known.get(id);
  if (!node) throw new RibbonDiffError(`The ribbon names the ${kind} ${id}, which it does not define.`);
  return node;
}

function functionOf(node: XmlNode): RibbonFunction {
  return {
    library: attribute(node, 'Library').replace(/^\$webresource:/, ''),
    functionName: attribute(node, 'FunctionName'),
    parameters: elements(node).map(parameterOf),
  };
}

/** The kinds of parameter that RibbonTypes.xsd has. */
function parameterOf({ name, node }: { readonly name: string; readonly node: XmlNode }): RibbonParameter {
  const value = attribute(node, 'Value');
  const constants: Readonly<Record<string, () => string | number | boolean>> = {
    StringParameter: () => value,
    IntParameter: () => Number(value),
    DecimalParameter: () => Number(value),
    BoolParameter: () => flag(node, 'Value', false),
  };
  if (name === 'CrmParameter') return { crmParameter: value };
  const constant = entryOf(constants, name);
  if (!constant) throw new RibbonDiffError(`The host does not know the parameter ${name}.`);
  return { constant: constant() };
}

const isInverted = (rule: XmlNode): boolean => flag(rule, 'InvertResult', false);

const formStates: readonly string[] = ['Create', 'Existing', 'ReadOnly', 'Disabled', 'BulkEdit'];

function isFormState(state: string): state is RibbonFormState {
  return formStates.includes(state);
}

/** A rule about the form, which display rules and enable rules may be; null for another. */
function formRuleOf(name: string, node: XmlNode): RibbonFormRule | null {
  const shared = { otherwise: flag(node, 'Default', false), invert: isInverted(node) };
  if (name === 'ValueRule')
    return { kind: 'value', column: attribute(node, 'Field'), value: attribute(node, 'Value'), ...shared };
  if (name !== 'FormStateRule') return null;
  const state = attribute(node, 'State');
  if (!isFormState(state)) throw new RibbonDiffError(`A form has no state ${state}.`);
  return { kind: 'form-state', state, ...shared };
}

/** The groups of an OrRule, each an `Or` with rules. */
function orRuleOf<Rule>(node: XmlNode, rulesOf: (group: XmlNode) => Rule[]): RibbonOrRule<Rule> {
  return { kind: 'or', groups: children(node, 'Or').map(rulesOf), invert: isInverted(node) };
}

/** @param table whose ribbon it is: a privilege rule without `EntityName` means it */
function displayRulesOf(rule: XmlNode, table: string): RibbonDisplayRule[] {
  return elements(rule).map(({ name, node }) => {
    const ofForm = formRuleOf(name, node);
    if (ofForm) return ofForm;
    if (name === 'OrRule') return orRuleOf(node, (group) => displayRulesOf(group, table));
    if (name === 'EntityPrivilegeRule')
      return {
        kind: 'privilege',
        table: attribute(node, 'EntityName') || table,
        privilege: attribute(node, 'PrivilegeType'),
        depth: attribute(node, 'PrivilegeDepth'),
        invert: isInverted(node),
      };
    throw new RibbonDiffError(`The host does not know the display rule ${name}.`);
  });
}

function enableRulesOf(rule: XmlNode): RibbonEnableRule[] {
  return elements(rule).map(({ name, node }) => {
    const ofForm = formRuleOf(name, node);
    if (ofForm) return ofForm;
    if (name === 'OrRule') return orRuleOf(node, enableRulesOf);
    if (name === 'CustomRule') return { kind: 'function', ...functionOf(node), invert: isInverted(node) };
    if (name === 'SelectionCountRule')
      return {
        kind: 'selection-count',
        minimum: Number(attribute(node, 'Minimum') || 0),
        maximum: attribute(node, 'Maximum') === '' ? null : Number(attribute(node, 'Maximum')),
        invert: isInverted(node),
      };
    throw new RibbonDiffError(`The host does not know the enable rule ${name}.`);
  });
}
