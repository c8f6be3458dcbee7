import type { Labels } from '@crmjira/domain';
import type { RibbonButton, RibbonDisplayRule, RibbonFunction } from '../contract';
import { type XmlNode, attribute, children, flag, labelsOf, parseXml } from './xml-node';

/** Where a button of a form's command bar is put (Microsoft, "Define ribbon actions": `Mscrm.Form.{table}.…`). */
const FORM_LOCATION = /^Mscrm\.Form\.opportunity\./;

export class RibbonDiffError extends Error {
  readonly code = 'RIBBON_DIFF';
}

/**
 * Buttons that a table's RibbonDiff adds to its form, in the order of their sequence.
 * @throws RibbonDiffError when a button names a command, a rule or a label that the file does not define
 */
export function parseRibbonDiff(xml: string): RibbonButton[] {
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
  return children(root, 'CustomActions', 'CustomAction')
    .filter((action) => FORM_LOCATION.test(attribute(action, 'Location')))
    .flatMap((action) => children(action, 'CommandUIDefinition', 'Button'))
    .sort((one, other) => Number(attribute(one, 'Sequence')) - Number(attribute(other, 'Sequence')))
    .map((button) => {
      const command = found(commands, attribute(button, 'Command'), 'command');
      const [action] = children(command, 'Actions', 'JavaScriptFunction');
      if (!action) throw new RibbonDiffError(`${attribute(button, 'Id')} calls no function.`);
      return {
        id: attribute(button, 'Id'),
        label: textOf(attribute(button, 'LabelText')),
        toolTip: textOf(attribute(button, 'ToolTipDescription')),
        action: functionOf(action),
        displayRules: children(command, 'DisplayRules', 'DisplayRule').flatMap((rule) =>
          displayRulesOf(found(displayRules, attribute(rule, 'Id'), 'display rule')),
        ),
        enableRules: children(command, 'EnableRules', 'EnableRule')
          .flatMap((rule) => children(found(enableRules, attribute(rule, 'Id'), 'enable rule'), 'CustomRule'))
          .map((rule) => ({ ...functionOf(rule), invert: flag(rule, 'InvertResult', false) })),
      };
    });
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
    parameters: children(node, 'CrmParameter').map((parameter) => attribute(parameter, 'Value')),
  };
}

function displayRulesOf(rule: XmlNode): RibbonDisplayRule[] {
  return [
    ...children(rule, 'FormStateRule').map((state) => ({
      kind: 'form-state' as const,
      state: attribute(state, 'State'),
      invert: flag(state, 'InvertResult', false),
    })),
    ...children(rule, 'EntityPrivilegeRule').map((privilege) => ({
      kind: 'privilege' as const,
      table: attribute(privilege, 'EntityName'),
      privilege: attribute(privilege, 'PrivilegeType'),
      depth: attribute(privilege, 'PrivilegeDepth'),
      invert: flag(privilege, 'InvertResult', false),
    })),
  ];
}
