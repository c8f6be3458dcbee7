import type { FormControl, HostDefinition } from '../../contract';
import type { FormModel } from '../form/form-model';
import type { Language } from '../language';
import { GridModel } from './grid-model';

export interface FormGridsParts {
  readonly definition: HostDefinition;
  readonly model: FormModel;
  readonly language: Language;
  /** Rows of a grid have come. */
  readonly onLoad: (control: string) => void;
}

/** The form's sub-grids by the names of their controls; one whose table or relationship the solution lacks is left out, and a new row has none yet. */
export function formGrids({ definition, model, language, onLoad }: FormGridsParts): ReadonlyMap<string, GridModel> {
  if (model.isNew) return new Map();
  return new Map(
    gridControls(definition).flatMap(({ id, subGrid }) => {
      const table = subGrid && definition.related?.[subGrid.relationship];
      if (!table) return [];
      const views = table.views.filter(
        (view) => subGrid.viewIds.length === 0 || view.id === subGrid.viewId || subGrid.viewIds.includes(view.id),
      );
      const grid = new GridModel({
        table,
        views,
        viewId: subGrid.viewId,
        lookup: { column: table.lookup, id: model.id },
        rowsPerPage: subGrid.rowsPerPage,
        language,
        currencyCode: () => model.currency,
        onLoad: () => onLoad(id),
      });
      return [[id, grid] as const];
    }),
  );
}

/** "Records per page" of the person's settings, as the platform sets it at first. */
const ROWS_PER_PAGE = 50;

/** All rows that a sub-grid's relationship leads to, by the associated view or another of their table; null for a control that is none. */
export function associatedGrid(
  control: string,
  { definition, language }: Pick<FormGridsParts, 'definition' | 'language'>,
  model: FormModel,
): GridModel | null {
  const { subGrid } = gridControls(definition).find(({ id }) => id === control) ?? {};
  const table = subGrid && definition.related?.[subGrid.relationship];
  if (!table) return null;
  return new GridModel({
    table,
    views: table.associatedView ? [table.associatedView, ...table.views] : table.views,
    viewId: null,
    lookup: { column: table.lookup, id: model.id },
    rowsPerPage: ROWS_PER_PAGE,
    language,
    currencyCode: () => model.currency,
  });
}

function gridControls({ form }: HostDefinition): readonly FormControl[] {
  return form.tabs
    .flatMap((tab) => tab.columns.flatMap((column) => column.sections.flatMap((section) => section.rows.flat())))
    .flatMap(({ control }) => (control?.subGrid ? control : []));
}
