import type { EnvironmentVariableMetadata } from '@crmjira/domain';
import { readLabels } from './read-labels';
import { attributeOf, complaint, findChild, textOf, type XmlElement } from './xml-element';

/** `type` of an environment variable definition. */
const TYPES: Readonly<Record<string, EnvironmentVariableMetadata['type']>> = {
  '100000000': 'String',
  '100000001': 'Number',
  '100000002': 'Boolean',
  '100000003': 'JSON',
  '100000005': 'Secret',
};

/** One `environmentvariabledefinition.xml`. @throws SolutionSourceError when the default is no value of its type */
export function readEnvironmentVariable(root: XmlElement): EnvironmentVariableMetadata {
  const type = TYPES[textOf(root, 'type')];
  if (type === undefined) throw complaint(root, `has an unknown type '${textOf(root, 'type')}'`);
  const defaultValue = findChild(root, 'defaultvalue')?.text ?? null;
  if (defaultValue !== null) checkValue(root, type, defaultValue);
  return {
    schemaName: attributeOf(root, 'schemaname'),
    displayName: readLabels(root, 'displayname', 'label'),
    type,
    defaultValue,
  };
}

function checkValue(root: XmlElement, type: EnvironmentVariableMetadata['type'], value: string): void {
  if (type === 'Number' && !Number.isFinite(Number(value))) throw complaint(root, `default '${value}' is no number`);
  if (type === 'Boolean' && value !== 'yes' && value !== 'no')
    throw complaint(root, `default '${value}' is not yes or no`);
  if (type === 'JSON') {
    try {
      JSON.parse(value);
    } catch (cause) {
      throw complaint(root, `default is no JSON: ${cause instanceof Error ? cause.message : String(cause)}`);
    }
  }
}
