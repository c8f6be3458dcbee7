import type { GlobalOptionSetMetadata, OptionMetadata } from '@crmjira/domain';
import { readLabels } from './read-labels';
import { attributeOf, childOf, complaint, type XmlElement } from './xml-element';

/** One file of `OptionSets/`. */
export function readGlobalOptionSet(root: XmlElement): GlobalOptionSetMetadata {
  return {
    name: attributeOf(root, 'Name'),
    displayName: readLabels(root, 'displaynames', 'displayname'),
    options: readOptions(root),
  };
}

/** Options of a choice, of a yes/no, of the states or of the status reasons, ascending by value. */
export function readOptions(optionSet: XmlElement): OptionMetadata[] {
  const list = optionSet.children.find((child) => ['options', 'states', 'statuses'].includes(child.name));
  if (list === undefined || list.children.length === 0) throw complaint(optionSet, 'has no options');
  const options = list.children.map(readOption).sort((one, other) => one.value - other.value);
  options.forEach((option, at) => {
    if (at > 0 && options[at - 1]?.value === option.value)
      throw complaint(optionSet, `has the value ${option.value} twice`);
  });
  return options;
}

function readOption(element: XmlElement): OptionMetadata {
  const value = Number(attributeOf(element, 'value'));
  if (!Number.isInteger(value)) throw complaint(element, 'should have a whole number as value');
  childOf(element, 'labels');
  const label = readLabels(element, 'labels', 'label');
  return element.name === 'status' ? { value, label, state: Number(attributeOf(element, 'state')) } : { value, label };
}
