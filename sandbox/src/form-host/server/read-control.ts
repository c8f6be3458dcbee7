import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import type { ControlDefinition, ControlProperty } from '../contract';
import { readResx } from './read-resx';
import { attribute, children } from './xml-node';
import type { XmlNode } from './xml-node';

/** Folder of one built component: `bundle.js`, `ControlManifest.xml`, `strings/*.resx`, `css/*`. */
export interface BuiltControl {
  readonly folder: string;
  readonly definition: ControlDefinition;
}

/** Every component that pcf-scripts has built under `controls/<name>/out/controls/<Constructor>`. */
export function findBuiltControls(controlsFolder: string): BuiltControl[] {
  return foldersOf(controlsFolder).flatMap((project) =>
    foldersOf(join(project, 'out', 'controls'))
      .filter((folder) => existsSync(join(folder, 'ControlManifest.xml')) && existsSync(join(folder, 'bundle.js')))
      .map(readOnce),
  );
}

const known = new Map<string, { readonly stamp: string; readonly control: BuiltControl }>();

/** Each file of a page asks for its component: what has not been written since is not parsed again. */
function readOnce(folder: string): BuiltControl {
  const strings = join(folder, 'strings');
  const texts = existsSync(strings) ? readdirSync(strings).map((name) => join(strings, name)) : [];
  const stamp = [join(folder, 'ControlManifest.xml'), ...texts].map((file) => statSync(file).mtimeMs).join();
  const before = known.get(folder);
  if (before?.stamp === stamp) return before.control;
  const control = readControl(folder);
  known.set(folder, { stamp, control });
  return control;
}

function readControl(folder: string): BuiltControl {
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    isArray: (_name, _path, _leaf, isAttribute) => !isAttribute,
  });
  // The parser types its result as any; it is read through the XmlNode accessors only.
  const document: XmlNode = parser.parse(readFileSync(join(folder, 'ControlManifest.xml'), 'utf8'));
  const control = children(document, 'manifest', 'control')[0] ?? {};
  const resources = children(control, 'resources')[0] ?? {};
  const name = `${attribute(control, 'namespace')}.${attribute(control, 'constructor')}`;
  const typeGroups = new Map(
    children(control, 'type-group').map((group) => [attribute(group, 'name'), firstType(group)] as const),
  );
  return {
    folder,
    definition: {
      name,
      bundle: `/controls/${name}/bundle.js`,
      styles: children(resources, 'css').map((css) => `/controls/${name}/${attribute(css, 'path')}`),
      properties: children(control, 'property').map((property) => toProperty(property, typeGroups)),
      strings: readResx(join(folder, 'strings')),
    },
  };
}

function toProperty(property: XmlNode, typeGroups: ReadonlyMap<string, string>): ControlProperty {
  const usage = attribute(property, 'usage');
  return {
    name: attribute(property, 'name'),
    usage: usage === 'bound' || usage === 'output' ? usage : 'input',
    type: attribute(property, 'of-type') || typeGroups.get(attribute(property, 'of-type-group')) || 'SingleLine.Text',
  };
}

function firstType(group: XmlNode): string {
  const [type] = children(group, 'type');
  const value = type?.['#text'];
  return typeof value === 'string' ? value : '';
}

function foldersOf(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(folder, entry.name));
}
