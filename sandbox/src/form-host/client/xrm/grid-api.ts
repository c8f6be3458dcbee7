import type { GridModel } from '../sub-grid/grid-model';
import type { RelatedTable, SubGridPlacement } from '../../contract';
import { labelIn } from '../language';
import { addressOf, listPlace } from '../navigation';
import { collectionApi } from './collection';
import type { FormContextParts } from './form-context';
import { findSectionOf, sectionApi } from './part-api';

/** Object type code of SavedQuery, as references to a view name it. Source: client API reference, getCurrentView. */
const SAVED_QUERY = 1039;
/** Numbers of `getGridType` and `getRelationship`. Source: client API reference, GridControl. */
const SUB_GRID = 2;
const oneToMany = { relationshipType: 0, roleType: 1 } as const;

/** `formContext.getControl(name)` of a sub-grid: GridControl of the client API. */
export function gridApi(
  name: string,
  grid: GridModel,
  placement: SubGridPlacement,
  related: RelatedTable,
  parts: FormContextParts,
) {
  const { model, events, language } = parts;
  const state = () => {
    const known = model.controlStates.get(name) ?? {};
    model.controlStates.set(name, known);
    return known;
  };
  return {
    getName: () => name,
    getControlType: () => 'subgrid',
    getParent: () => {
      const place = findSectionOf(name, parts);
      return place ? sectionApi(place.section, place.tab, parts) : null;
    },
    getLabel: () => state().label ?? labelIn(language, findSectionOf(name, parts)?.cell.label),
    setLabel: (label: string) => {
      state().label = label;
      model.changed();
    },
    getVisible: () => state().visible ?? true,
    setVisible: (visible: boolean) => {
      state().visible = visible;
      model.changed();
    },
    getEntityName: () => related.name,
    getFetchXml: () => grid.fetchXml,
    getGridType: () => SUB_GRID,
    getRelationship: () => ({
      attributeName: related.lookup,
      name: placement.relationship,
      navigationPropertyName: related.navigationProperty,
      ...oneToMany,
    }),
    getUrl: () => addressOf(listPlace(related.name, grid.view?.id) ?? { page: 'list' }),
    getGrid: () => ({
      getRows: () => rowsApi(grid),
      getTotalRecordCount: () => grid.total,
    }),
    getViewSelector: () => viewSelectorApi(name, grid, placement),
    refresh: () => grid.refresh(),
    addOnLoad: (handler: unknown) => events.onGridLoad(name).add(handler),
    removeOnLoad: (handler: unknown) => events.onGridLoad(name).remove(handler),
  };
}

function rowsApi(grid: GridModel) {
  const { rows } = grid;
  const { name: table, primaryName } = grid.parts.table;
  const row = (id: string) => {
    const record = rows.find((one) => one.getRecordId() === id);
    if (!record) return null;
    const name = record.getFormattedValue(primaryName);
    const entity = {
      getEntityName: () => table,
      getEntityReference: () => ({ entityType: table, id, name }),
      getId: () => `{${id.toUpperCase()}}`,
      getPrimaryAttributeValue: () => name,
    };
    const data = { entity, getEntity: () => entity };
    return { data, getData: () => data };
  };
  return collectionApi(
    rows.map((record) => record.getRecordId()),
    row,
  );
}

/** "If the subgrid control is not configured to display the view selector", its methods throw. */
function viewSelectorApi(control: string, grid: GridModel, { viewSelector }: SubGridPlacement) {
  const shown = () => {
    if (!viewSelector) throw new Error(`The sub-grid ${control} does not show the view selector.`);
  };
  return {
    isVisible: () => viewSelector,
    getCurrentView: () => {
      shown();
      const { view } = grid;
      return { entityType: SAVED_QUERY, id: view?.id ?? '', name: labelIn(grid.parts.language, view?.name) };
    },
    setCurrentView: ({ id }: { readonly id: string }) => {
      shown();
      grid.choose(id.replace(/[{}]/g, '').toLowerCase());
    },
  };
}
