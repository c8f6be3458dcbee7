import { descendants } from '../xml/descendants';
import { attributeNamed, childNamed, childText, type XmlNode } from '../xml/xml-tree';
import type { SolutionFiles } from './solution-files';

/** Kind of component: its code in RootComponents, its section in customizations.xml, and what names it there. */
const KINDS: readonly { readonly code: string; readonly section: string; readonly key: string }[] = [
  { code: '1', section: 'Entities', key: 'Name' },
  { code: '9', section: 'optionsets', key: 'Name' },
  { code: '20', section: 'Roles', key: 'id' },
  { code: '29', section: 'Workflows', key: 'WorkflowId' },
  { code: '60', section: 'Dashboards', key: 'FormId' },
  { code: '61', section: 'WebResources', key: 'Name' },
  { code: '62', section: 'AppModuleSiteMaps', key: 'SiteMapUniqueName' },
  { code: '66', section: 'CustomControls', key: 'Name' },
  { code: '70', section: 'FieldSecurityProfiles', key: 'fieldsecurityprofileid' },
  { code: '80', section: 'AppModules', key: 'UniqueName' },
  { code: '372', section: 'Connectors', key: 'name' },
];

/** Environment variables lie in files of their own. */
const ENVIRONMENT_VARIABLE = {
  code: '380',
  path: /^environmentvariabledefinitions\/([^/]+)\/environmentvariabledefinition\.xml$/,
};

const CODES: ReadonlySet<string> = new Set([...KINDS.map(({ code }) => code), ENVIRONMENT_VARIABLE.code]);

/**
 * Sentences about components that the manifest does not list, which an import drops without a word, and about listed ones that are
 * not there.
 *
 * @param isForeign of another maker: kinds that we do not have count as there; environment variables and business rules, which come with
 *   their table, may go unlisted, as they do in exports of Microsoft's
 */
export function rootComponentProblems(
  manifest: XmlNode,
  customizations: XmlNode,
  parts: SolutionFiles,
  { isForeign = false }: { readonly isForeign?: boolean } = {},
): string[] {
  const listed = new Set(
    descendants(manifest)
      .filter(({ name }) => name === 'RootComponent')
      .map((root) => {
        const isNamed = attributeNamed(root, 'type') === '372' || attributeNamed(root, 'id') === undefined;
        return key(attributeNamed(root, 'type') ?? '', attributeNamed(root, isNamed ? 'schemaName' : 'id') ?? '');
      }),
  );
  const variables = environmentVariablesIn(parts);
  const present = new Set([...componentsIn(customizations), ...variables]);
  const comeAlong = new Set(isForeign ? [...variables, ...businessRulesIn(customizations)] : []);
  const needed = [...present].filter((one) => !comeAlong.has(one));
  const isOurKind = (one: string): boolean => CODES.has(one.split(' ', 1)[0] ?? '');
  return [
    ...needed.filter((one) => !listed.has(one)).map((one) => `solution.xml does not list the component ${one}`),
    ...[...listed]
      .filter((one) => !present.has(one) && (!isForeign || isOurKind(one)))
      .map((one) => `solution.xml lists ${one}, which is not there`),
  ];
}

/** Code and name; names differ in case between the two files. */
const key = (code: string, name: string): string => `${code} ${name.toLowerCase()}`;

function componentsIn(customizations: XmlNode): string[] {
  return KINDS.flatMap(({ code, section, key: named }) =>
    (childNamed(customizations, section)?.children ?? []).map((component) =>
      key(code, attributeNamed(component, named) ?? childText(component, named) ?? ''),
    ),
  );
}

/** `Category` of a business rule in a process record. */
const BUSINESS_RULE = '2';

const businessRulesIn = (customizations: XmlNode): string[] =>
  (childNamed(customizations, 'Workflows')?.children ?? [])
    .filter((record) => childText(record, 'Category') === BUSINESS_RULE)
    .map((record) => key('29', attributeNamed(record, 'WorkflowId') ?? ''));

function environmentVariablesIn(parts: SolutionFiles): string[] {
  return [...parts.keys()].flatMap((path) => {
    const name = ENVIRONMENT_VARIABLE.path.exec(path)?.[1];
    return name === undefined ? [] : [key(ENVIRONMENT_VARIABLE.code, name)];
  });
}
