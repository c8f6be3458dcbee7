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

/** The form's sub-grids by the names of their controls; one whose table or relationship the solution lacks is left out. */
export function formGrids({ definition, model, language, onLoad }: FormGridsParts): ReadonlyMap<string, GridModel> {
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

function gridControls({ form }: HostDefinition): readonly FormControl[] {
  return form.tabs
    .flatMap((tab) => tab.columns.flatMap((column) => column.sections.flatMap((section) => section.rows.flat())))
    .flatMap(({ control }) => (control?.subGrid ? control : []));
}
