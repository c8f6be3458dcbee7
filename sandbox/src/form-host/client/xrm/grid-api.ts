import type { RelatedTable, SubGridPlacement } from '../../contract';
import { labelIn } from '../language';
import { addressOf, listPlace } from '../navigation';
import type { GridModel, ShownGrid } from '../sub-grid/grid-model';
import type { FormContextParts } from './form-context-parts';
import { rowsApi } from './grid-rows-api';
import { refused } from './not-there';
import { findSectionOf, sectionApi } from './part-api';

/** Object type code of SavedQuery, as references to a view name it. Source: client API reference, getCurrentView. */
const SAVED_QUERY = 1039;
/** Numbers of `getGridType` and `getRelationship`. Source: client API reference, GridControl. */
const HOME_PAGE_GRID = 1;
const SUB_GRID = 2;
const oneToMany = { relationshipType: 0, roleType: 1 } as const;

/** What the grid context of a sub-grid and that of a table's own list have in common. */
function gridContext(grid: ShownGrid) {
  return {
    getEntityName: () => grid.table.name,
    getFetchXml: () => grid.fetchXml,
    getUrl: () => addressOf(listPlace(grid.table.name, grid.view?.id) ?? { page: 'list' }),
    getGrid: () =>
      refused('grid', {
        getRows: () => rowsApi(grid, grid.rows),
        getSelectedRows: () =>
          rowsApi(
            grid,
            grid.rows.filter((row) => grid.selectedIds.has(row.getRecordId())),
          ),
        getTotalRecordCount: () => grid.total,
      }),
    refresh: () => grid.refresh(),
    refreshRibbon: () => grid.refreshRibbon(),
  };
}

/** Grid context of a table's own list, which only ribbon commands are given (`SelectedControl`). */
export function homepageGridApi(grid: ShownGrid) {
  const list = {
    ...gridContext(grid),
    getGridType: () => HOME_PAGE_GRID,
    /** "This method does nothing if the grid is not filtered based on a relationship." */
    openRelatedGrid: () => undefined,
  };
  return refused('gridContext of a list', refused('gridContext', list));
}

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
  return refused('gridContext', {
    ...gridContext(grid),
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
    getGridType: () => SUB_GRID,
    getRelationship: () => ({
      attributeName: related.lookup,
      name: placement.relationship,
      navigationPropertyName: related.navigationProperty,
      ...oneToMany,
    }),
    getViewSelector: () => viewSelectorApi(name, grid, placement),
    getFilterXml: () => grid.filterXml,
    /** Takes effect with the next load. */
    setFilterXml: (filterXml: string) => {
      grid.filterXml = filterXml;
    },
    openRelatedGrid: () => parts.openRelatedGrid(name),
    addOnLoad: (handler: unknown) => events.onGridLoad(name).add(handler),
    removeOnLoad: (handler: unknown) => events.onGridLoad(name).remove(handler),
  });
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
