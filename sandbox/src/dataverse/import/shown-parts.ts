import { attributeNamed, childText, type OpenPackage, type XmlNode, xmlText } from '@crmjira/solution';
import { bareId, inside, tableOf } from './component-rows';
import type { ShownPart } from './installed-solution';

/** What people see of a package: main forms, views, ribbons and components of its tables. */
export function shownParts({ customizations }: OpenPackage): readonly ShownPart[] {
  return inside(customizations, 'Entities', 'Entity').flatMap((entity) => {
    const table = tableOf(entity);
    const part = (kind: ShownPart['kind'], node: XmlNode, id: string): ShownPart => ({
      kind,
      id: bareId(id),
      table,
      xml: xmlText(node, false).trim(),
    });
    const mainForms = inside(entity, 'FormXml', 'forms').filter((forms) => attributeNamed(forms, 'type') === 'main');
    return [
      ...mainForms
        .flatMap((forms) => inside(forms, 'systemform'))
        .map((form) => part('form', form, childText(form, 'formid') ?? '')),
      ...inside(entity, 'SavedQueries', 'savedqueries', 'savedquery').map((view) =>
        part('view', view, childText(view, 'savedqueryid') ?? ''),
      ),
      ...inside(entity, 'RibbonDiffXml').map((ribbon) => part('ribbon', ribbon, table)),
      ...inside(entity, 'CustomControlDefaultConfigs').map((configs) => part('components', configs, table)),
    ];
  });
}
