import { createHash } from 'node:crypto';
import {
  attributeNamed,
  childNamed,
  childText,
  openPackage,
  type OpenPackage,
  rootComponentProblems,
  SolutionSourceError,
  type XmlNode,
} from '@crmjira/solution';
import type { DataverseError } from '../errors';
import { platformTables } from '../metadata/platform';
import { bareId, componentRows, englishText } from './component-rows';
import { undeclaredParts } from './content-types';
import { tablesTakenAsGiven } from './dependencies';
import { componentsLeftAside } from './left-aside';
import type { ComponentName, InstalledSolution, Requirement } from './installed-solution';
import { shownParts } from './shown-parts';
import { solutionError } from './solution-error';

/** bytes; Source: learn.microsoft.com "Import solutions", maximum size of a solution. */
const largest = 95 * 1024 * 1024;

const neededParts = ['solution.xml', 'customizations.xml', '[Content_Types].xml'] as const;

const platformPrimaryIds: ReadonlyMap<string, string> = new Map(
  platformTables.map(({ logicalName, primaryId }) => [logicalName, primaryId]),
);

/** A path with a step up: a web resource's name is its address. */
const climbs = /(^|\/)\.{1,2}(\/|$)/;

export const hashOf = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex');

/**
 * A package as the environment would remember it. Nothing is written here.
 *
 * @param tables primary key column of each table that the environment has, by logical name
 * @throws DataverseError 400 saying what is wrong with the package, and where
 */
export function readPackage(
  content: Uint8Array,
  now: Date,
  tables: ReadonlyMap<string, string> = platformPrimaryIds,
): InstalledSolution {
  if (content.length > largest)
    throw solutionError('fileTooLarge', 'The import file is too large to upload: a solution may have 95 MB.');
  const opened = open(content, tables);
  for (const part of neededParts) if (!opened.parts.has(part)) throw lacksPart(part);
  const undeclared = undeclaredParts(opened.parts);
  if (undeclared.length > 0)
    throw solutionError(
      'badZipFile',
      `The solution file is invalid. [Content_Types].xml gives ${undeclared[0]} no type.`,
    );
  const [unlisted] = rootComponentProblems(opened.manifest, opened.customizations, opened.parts, {
    isForeign: true,
  });
  if (unlisted !== undefined)
    throw solutionError('missingRootComponent', `The import has failed because of a root component: ${unlisted}.`);
  const { manifest, publisher } = manifestOf(opened);
  const components = componentRows(opened);
  for (const { table, row } of components)
    if (table === 'webresource' && climbs.test(String(row.name)))
      throw solutionError('invalidXml', `The web resource name ${String(row.name)} leads out of its folder.`);
  const requires = (childNamed(manifest, 'MissingDependencies')?.children ?? []).map(requirement);
  return {
    uniqueName: opened.metadata.uniqueName,
    version: opened.metadata.version,
    isManaged: childText(manifest, 'Managed') === '1',
    hash: hashOf(content),
    installedOn: now.toISOString(),
    friendlyName: englishText(manifest, 'LocalizedNames') ?? opened.metadata.uniqueName,
    description: englishText(manifest, 'Descriptions') ?? '',
    publisher: {
      uniqueName: childText(publisher, 'UniqueName') ?? '',
      friendlyName: englishText(publisher, 'LocalizedNames') ?? '',
      prefix: childText(publisher, 'CustomizationPrefix') ?? '',
      optionValuePrefix: Number(childText(publisher, 'CustomizationOptionValuePrefix') ?? '') || null,
    },
    metadata: opened.metadata,
    components,
    shown: shownParts(opened),
    provides: (childNamed(manifest, 'RootComponents')?.children ?? []).map(componentName),
    requires,
    leftAside: [...componentsLeftAside(opened), ...opened.leftAside, ...tablesTakenAsGiven(requires)],
  };
}

function open(content: Uint8Array, tables: ReadonlyMap<string, string>): OpenPackage {
  try {
    return openPackage('The solution file', content, tables);
  } catch (cause) {
    if (cause instanceof SolutionSourceError) throw refusal(cause);
    throw solutionError('invalidXml', 'The solution file cannot be read.', { cause });
  }
}

/** The platform's code for what the reader found; its sentence names part and element. */
function refusal(cause: SolutionSourceError): DataverseError {
  if (cause.element === 'zip')
    return solutionError('badZipFile', `The solution file is invalid. ${cause.message}`, { cause });
  if (neededParts.some((part) => part === cause.file) && cause.message.endsWith('is missing'))
    return lacksPart(cause.file, cause);
  return solutionError(
    'invalidXml',
    `This solution package cannot be imported because it contains invalid XML. ${cause.message}`,
    { cause },
  );
}

const lacksPart = (part: string, cause?: Error): DataverseError =>
  solutionError(
    'badZipFile',
    `The solution file is invalid. The compressed file must contain the following files at its root: ${neededParts.join(', ')}. It lacks ${part}.`,
    { cause },
  );

function manifestOf({ manifest: root }: OpenPackage): { manifest: XmlNode; publisher: XmlNode } {
  const manifest = childNamed(root, 'SolutionManifest');
  const publisher = manifest && childNamed(manifest, 'Publisher');
  if (
    manifest === undefined ||
    publisher === undefined ||
    !/^\d+(\.\d+){1,3}$/.test(childText(manifest, 'Version') ?? '')
  )
    throw solutionError(
      'invalidXml',
      'solution.xml: <SolutionManifest> needs a <Publisher> and a <Version> of numbers.',
    );
  return { manifest, publisher };
}

const componentName = (node: XmlNode): ComponentName => ({
  type: attributeNamed(node, 'type') ?? '',
  schemaName: (attributeNamed(node, 'schemaName') ?? '').toLowerCase(),
  id: bareId(attributeNamed(node, 'id')),
});

function requirement(node: XmlNode): Requirement {
  const required = childNamed(node, 'Required');
  const dependent = childNamed(node, 'Dependent');
  if (required === undefined || dependent === undefined)
    throw solutionError('invalidXml', 'solution.xml: <MissingDependency> needs <Required> and <Dependent>.');
  return {
    component: componentName(required),
    displayName: attributeNamed(required, 'displayName') ?? attributeNamed(required, 'schemaName') ?? '',
    solution: attributeNamed(required, 'solution') ?? '',
    dependent: {
      type: attributeNamed(dependent, 'type') ?? '',
      displayName: attributeNamed(dependent, 'displayName') ?? '',
    },
  };
}
