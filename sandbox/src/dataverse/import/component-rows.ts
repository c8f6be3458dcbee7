import { entryOf } from '@crmjira/domain';
import { attributeNamed, childNamed, childText, type OpenPackage, type XmlNode, xmlText } from '@crmjira/solution';
import { guidOf } from '../guid';

/** A row that stands for a component, as the Web API shows it. */
export interface ComponentRow {
  readonly table: string;
  readonly id: string;
  /** Without the identifier. */
  readonly row: Readonly<Record<string, unknown>>;
}

const mainForm = 2;
const formTypes: Readonly<Record<string, number>> = { main: mainForm, quick: 6, quickCreate: 7, card: 11 };
const dashboardType = 0;
const noTable = 'none';

/** `webresourcetype` of a control's file by its extension; data for what has no type of its own. */
const fileTypes: Readonly<Record<string, number>> = { html: 1, css: 2, js: 3, xml: 4, png: 5, svg: 11, resx: 12 };
const dataType = 4;

export const bareId = (text: string | undefined): string => (text ?? '').replace(/[{}]/g, '').toLowerCase();

export const inside = (node: XmlNode, ...path: readonly string[]): readonly XmlNode[] =>
  path.reduce<readonly XmlNode[]>(
    (nodes, name) => nodes.flatMap(({ children }) => children.filter((child) => child.name === name)),
    [node],
  );

/** Text in English of a list such as `<LocalizedNames>`. */
export function englishText(node: XmlNode, list: string): string | null {
  const items = childNamed(node, list)?.children ?? [];
  const found = items.find((item) => attributeNamed(item, 'languagecode') === '1033') ?? items[0];
  return (found && attributeNamed(found, 'description')) ?? null;
}

/** Markup inside an element such as `<fetchxml>`, or its text where the markup is escaped. */
const markup = (node: XmlNode, name: string): string | null => {
  const holder = childNamed(node, name);
  const [root] = holder?.children ?? [];
  return root ? xmlText(root, false).trim() : (holder?.text.trim() ?? null);
};

const flag = (node: XmlNode, name: string): boolean => childText(node, name) === '1';

/** Every component that has a row of its own and is not made from the metadata, as roles and column security profiles are. */
export function componentRows(opened: OpenPackage): readonly ComponentRow[] {
  const { customizations } = opened;
  return [
    ...inside(customizations, 'Entities', 'Entity').flatMap(entityRows),
    ...inside(customizations, 'Dashboards', 'Dashboard').map(dashboardRow),
    ...inside(customizations, 'WebResources', 'WebResource').map((node) => webResourceRow(opened, node)),
    ...inside(customizations, 'CustomControls', 'CustomControl').flatMap((node) => controlRows(opened, node)),
    ...inside(customizations, 'Connectors', 'Connector').map((node) => connectorRow(opened, node)),
    ...inside(customizations, 'connectionreferences', 'connectionreference').map(connectionReferenceRow),
    ...inside(customizations, 'AppModules', 'AppModule').map(appRow),
    ...inside(customizations, 'AppModuleSiteMaps', 'AppModuleSiteMap').map(siteMapRow),
    ...inside(customizations, 'Workflows', 'Workflow').flatMap((node) => cloudFlowRows(opened, node)),
  ];
}

export const tableOf = (entity: XmlNode): string => (childText(entity, 'Name') ?? '').toLowerCase();

function entityRows(entity: XmlNode): ComponentRow[] {
  const table = tableOf(entity);
  const forms = inside(entity, 'FormXml', 'forms').flatMap((list) =>
    inside(list, 'systemform').map((form) => ({
      table: 'systemform',
      id: bareId(childText(form, 'formid')),
      row: {
        name: englishText(form, 'LocalizedNames') ?? table,
        description: englishText(form, 'Descriptions'),
        objecttypecode: table,
        type: entryOf(formTypes, attributeNamed(list, 'type') ?? 'main') ?? mainForm,
        formxml: inside(form, 'form').map((node) => xmlText(node, false).trim())[0] ?? null,
      },
    })),
  );
  const views = inside(entity, 'SavedQueries', 'savedqueries', 'savedquery').map((view) => ({
    table: 'savedquery',
    id: bareId(childText(view, 'savedqueryid')),
    row: {
      name: englishText(view, 'LocalizedNames') ?? table,
      description: englishText(view, 'Descriptions'),
      returnedtypecode: table,
      querytype: Number(childText(view, 'querytype') ?? 0),
      isdefault: flag(view, 'isdefault'),
      isquickfindquery: flag(view, 'isquickfindquery'),
      fetchxml: markup(view, 'fetchxml'),
      layoutxml: markup(view, 'layoutxml'),
    },
  }));
  const charts = inside(entity, 'Visualizations', 'visualization').map((chart) => ({
    table: 'savedqueryvisualization',
    id: bareId(childText(chart, 'savedqueryvisualizationid')),
    row: {
      name: englishText(chart, 'LocalizedNames') ?? table,
      description: englishText(chart, 'Descriptions'),
      primaryentitytypecode: table,
      datadescription: markup(chart, 'datadescription'),
      presentationdescription: markup(chart, 'presentationdescription'),
      isdefault: flag(chart, 'isdefault'),
    },
  }));
  return [...forms, ...views, ...charts];
}

const dashboardRow = (dashboard: XmlNode): ComponentRow => ({
  table: 'systemform',
  id: bareId(childText(dashboard, 'FormId')),
  row: {
    name: englishText(dashboard, 'LocalizedNames') ?? 'Dashboard',
    description: englishText(dashboard, 'Descriptions'),
    objecttypecode: noTable,
    type: dashboardType,
    formxml: markup(dashboard, 'FormXml'),
  },
});

const partName = (node: XmlNode, child: string): string => (childText(node, child) ?? '').replace(/^\//, '');

const base64 = (content: Uint8Array | undefined): string => Buffer.from(content ?? []).toString('base64');

const textPart = ({ parts }: OpenPackage, name: string): string | null => {
  const content = parts.get(name);
  return content === undefined ? null : new TextDecoder().decode(content);
};

const webResourceRow = ({ parts }: OpenPackage, node: XmlNode): ComponentRow => ({
  table: 'webresource',
  id: bareId(childText(node, 'WebResourceId')),
  row: {
    name: childText(node, 'Name'),
    displayname: childText(node, 'DisplayName') ?? null,
    description: childText(node, 'Description') ?? null,
    webresourcetype: Number(childText(node, 'WebResourceType') ?? dataType),
    content: base64(parts.get(partName(node, 'FileName'))),
  },
});

/** The control, and its files as the platform keeps them: web resources under `cc_<name>/`. */
function controlRows(opened: OpenPackage, node: XmlNode): ComponentRow[] {
  const name = childText(node, 'Name') ?? '';
  const folder = `Controls/${name}/`;
  const files = [...opened.parts].flatMap(([part, content]): ComponentRow[] => {
    if (!part.startsWith(folder)) return [];
    const file = `cc_${name}/${part.slice(folder.length)}`;
    const webresourcetype = entryOf(fileTypes, file.slice(file.lastIndexOf('.') + 1)) ?? dataType;
    return [
      {
        table: 'webresource',
        id: guidOf(`webresource:${file}`),
        row: { name: file, displayname: file.slice(-200), webresourcetype, content: base64(content) },
      },
    ];
  });
  const manifest = textPart(opened, `${folder}ControlManifest.xml`);
  const version = /<control\b[^>]*\sversion="([^"]+)"/.exec(manifest ?? '')?.[1] ?? null;
  return [{ table: 'customcontrol', id: guidOf(`customcontrol:${name}`), row: { name, version, manifest } }, ...files];
}

const connectorRow = (opened: OpenPackage, node: XmlNode): ComponentRow => ({
  table: 'connector',
  id: bareId(childText(node, 'connectorid')),
  row: {
    name: childText(node, 'name'),
    displayname: childText(node, 'displayname') ?? null,
    description: childText(node, 'description') ?? null,
    connectortype: Number(childText(node, 'connectortype') ?? 0),
    openapidefinition: textPart(opened, partName(node, 'openapidefinition')),
    connectionparameters: textPart(opened, partName(node, 'connectionparameters')),
  },
});

function connectionReferenceRow(node: XmlNode): ComponentRow {
  const name = attributeNamed(node, 'connectionreferencelogicalname') ?? '';
  return {
    table: 'connectionreference',
    id: guidOf(`connectionreference:${name}`),
    row: {
      connectionreferencelogicalname: name,
      connectionreferencedisplayname: childText(node, 'connectionreferencedisplayname') ?? name,
      connectorid: childText(node, 'connectorid') ?? null,
      description: childText(node, 'description') ?? null,
    },
  };
}

function appRow(node: XmlNode): ComponentRow {
  const uniquename = childText(node, 'UniqueName') ?? '';
  return {
    table: 'appmodule',
    id: guidOf(`appmodule:${uniquename}`),
    row: {
      uniquename,
      name: englishText(node, 'LocalizedNames') ?? uniquename,
      description: englishText(node, 'Descriptions'),
    },
  };
}

function siteMapRow(node: XmlNode): ComponentRow {
  const sitemapnameunique = childText(node, 'SiteMapUniqueName') ?? '';
  return {
    table: 'sitemap',
    id: guidOf(`sitemap:${sitemapnameunique}`),
    row: {
      sitemapnameunique,
      sitemapname: englishText(node, 'LocalizedNames') ?? sitemapnameunique,
      sitemapxml: inside(node, 'SiteMap').map((map) => xmlText(map, false).trim())[0] ?? null,
    },
  };
}

const businessProcessFlow = '4';

/** Cloud flows, switched off: who imports them has no connections yet. Process flows are made from the metadata. */
function cloudFlowRows(opened: OpenPackage, node: XmlNode): ComponentRow[] {
  const category = childText(node, 'Category') ?? '0';
  if (category === businessProcessFlow) return [];
  return [
    {
      table: 'workflow',
      id: bareId(attributeNamed(node, 'WorkflowId')),
      row: {
        name: attributeNamed(node, 'Name'),
        category: Number(category),
        type: Number(childText(node, 'Type') ?? 1),
        primaryentity: (childText(node, 'PrimaryEntity') ?? noTable).toLowerCase(),
        clientdata: textPart(opened, partName(node, 'JsonFileName')),
      },
    },
  ];
}
