import type { Labels } from '@crmjira/domain';
import type { FormCell, FormDefinition, FormHandler, FormSection, FormTab } from '../contract';
import { readPlacements } from './read-placements';
import type { Placements } from './read-placements';
import { attribute, children, flag, labelsOf, parseXml } from './xml-node';
import type { XmlNode } from './xml-node';
import { fieldKind } from './field-kind';
import { readSubGrid } from './read-sub-grid';

export class FormXmlError extends Error {
  readonly code = 'FORM_XML';
}

/**
 * Main form of a table, from the FormXml of the solution's source.
 * @param xml text of `FormXml/main/{id}.xml`
 * @throws FormXmlError when it holds no form
 */
export function parseFormXml(xml: string): FormDefinition {
  const document = parseXml(xml);
  const system = children(document, 'forms', 'systemform')[0] ?? document;
  const form = children(system, 'form')[0];
  if (!form) throw new FormXmlError('The form file holds no <form> element.');
  const placements = readPlacements(form);
  const rows = (node: XmlNode) =>
    children(node, 'rows', 'row').map((row) => children(row, 'cell').map((cell) => toCell(cell, placements)));
  return {
    id: (children(system, 'formid')[0]?.['#text'] ?? '').toString().replace(/[{}]/g, ''),
    name: localizedName(system),
    tabs: children(form, 'tabs', 'tab').map((tab) => toTab(tab, rows)),
    header: children(form, 'header').flatMap((header) => rows(header).flat()),
    libraries: children(form, 'formLibraries', 'Library').map((library) => attribute(library, 'name')),
    handlers: children(form, 'events', 'event').flatMap(toHandlers),
  };
}

function localizedName(system: XmlNode): Labels {
  return labelsOf(children(system, 'LocalizedNames', 'LocalizedName'));
}

function toTab(tab: XmlNode, rows: (node: XmlNode) => FormCell[][]): FormTab {
  return {
    id: attribute(tab, 'id').replace(/[{}]/g, ''),
    name: attribute(tab, 'name'),
    label: labelsOf(children(tab, 'labels', 'label')),
    visible: flag(tab, 'visible', true),
    columns: children(tab, 'columns', 'column').map((column) => ({
      width: attribute(column, 'width') || '100%',
      sections: children(column, 'sections', 'section').map((section) => toSection(section, rows)),
    })),
  };
}

function toSection(section: XmlNode, rows: (node: XmlNode) => FormCell[][]): FormSection {
  return {
    id: attribute(section, 'id').replace(/[{}]/g, ''),
    name: attribute(section, 'name'),
    label: labelsOf(children(section, 'labels', 'label')),
    showLabel: flag(section, 'showlabel', true),
    visible: flag(section, 'visible', true),
    // "columns" counts in ones: two columns are written "11" by the classic designer and "2" by the modern one.
    columns: /^1+$/.test(attribute(section, 'columns'))
      ? attribute(section, 'columns').length
      : Number(attribute(section, 'columns') || 1),
    rows: rows(section),
  };
}

function toCell(cell: XmlNode, placements: Placements): FormCell {
  const control = children(cell, 'control')[0];
  const placement = control ? placements.get(attribute(control, 'uniqueid').toLowerCase()) : undefined;
  const kind = control ? fieldKind(attribute(control, 'classid')) : 'unknown';
  return {
    id: attribute(cell, 'id').replace(/[{}]/g, ''),
    label: labelsOf(children(cell, 'labels', 'label')),
    showLabel: flag(cell, 'showlabel', true),
    visible: flag(cell, 'visible', true),
    columnSpan: Number(attribute(cell, 'colspan') || 1),
    control: control
      ? {
          id: attribute(control, 'id'),
          kind: placement ? 'custom' : kind,
          column: attribute(control, 'datafieldname') || null,
          disabled: flag(control, 'disabled', false),
          custom: placement ?? null,
          ...(kind === 'sub-grid' ? { subGrid: readSubGrid(control) } : {}),
        }
      : null,
  };
}

function toHandlers(event: XmlNode): FormHandler[] {
  const name = attribute(event, 'name').toLowerCase();
  if (name !== 'onload' && name !== 'onchange' && name !== 'onsave') return [];
  return children(event, 'Handlers', 'Handler')
    .filter((handler) => flag(handler, 'enabled', true))
    .map((handler) => ({
      event: name,
      attribute: attribute(event, 'attribute') || null,
      functionName: attribute(handler, 'functionName'),
      library: attribute(handler, 'libraryName'),
      passExecutionContext: flag(handler, 'passExecutionContext', false),
    }));
}
