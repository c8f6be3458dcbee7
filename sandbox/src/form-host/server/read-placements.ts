import type { CustomControlPlacement, DataSetPlacement } from '../contract';
import { attribute, children, flag, text } from './xml-node';
import type { XmlNode } from './xml-node';

/** `uniqueid` of a form control → the code component placed there. */
export type Placements = ReadonlyMap<string, CustomControlPlacement>;

/** `formFactor` of a browser on a desk; phones and tablets have entries of their own. */
const webFormFactors = ['0', '2'];

/**
 * Code components of a form: `controlDescriptions` names, for a control's `uniqueid`, the component and what its
 * manifest properties are bound to. The entry without a name is the native fallback and is skipped.
 */
export function readPlacements(form: XmlNode): Placements {
  const placements = new Map<string, CustomControlPlacement>();
  for (const description of children(form, 'controlDescriptions', 'controlDescription')) {
    const control = componentIn(description);
    if (!control) continue;
    placements.set(attribute(description, 'forControl').toLowerCase(), {
      name: attribute(control, 'name'),
      parameters: Object.fromEntries(children(control, 'parameters').flatMap(readParameters)),
    });
  }
  return placements;
}

/** The component that shows the rows of a list, by the `controlDescriptions` of its view or of its table. */
export function readDataSetPlacement(list: XmlNode): DataSetPlacement | null {
  const [description] = children(list, 'controlDescriptions', 'controlDescription');
  const control = description && componentIn(description);
  const [dataSet] = control ? children(control, 'parameters', 'data-set') : [];
  return control && dataSet ? { name: attribute(control, 'name'), dataSet: attribute(dataSet, 'name') } : null;
}

function componentIn(description: XmlNode): XmlNode | undefined {
  const named = children(description, 'customControl').filter((control) => attribute(control, 'name') !== '');
  return named.find((one) => webFormFactors.includes(attribute(one, 'formFactor'))) ?? named[0];
}

function readParameters(parameters: XmlNode): [string, { column: string } | { constant: string }][] {
  return Object.entries(parameters).flatMap(([name, nodes]) => {
    if (name.startsWith('@') || name.startsWith('#') || typeof nodes === 'string' || !nodes?.[0]) return [];
    const value = text(nodes[0]);
    return [[name, flag(nodes[0], 'static', false) ? { constant: value } : { column: value }]];
  });
}
