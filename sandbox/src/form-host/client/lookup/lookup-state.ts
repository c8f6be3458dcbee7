/** A FetchXML filter element and the table whose rows it narrows; null: every table of the lookup. */
export interface LookupFilter {
  readonly filterXml: string;
  readonly table: string | null;
}

/** A view that people may choose in the dialog of a lookup. */
export interface LookupView {
  /** in small letters and without braces */
  readonly id: string;
  readonly table: string;
  readonly name: string;
  readonly fetchXml: string;
  readonly isDefault: boolean;
}

/** What scripts changed of one lookup: its tables, its views, and what the next search leaves out. */
export class LookupState {
  /** null: the tables that the column may point to */
  entityTypes: readonly string[] | null = null;
  /** null: the default view of the table */
  defaultViewId: string | null = null;
  readonly customViews: LookupView[] = [];
  /** of the search that is being prepared; null while there is none */
  private filters: LookupFilter[] | null = null;

  /** A view with the id of one that was added before replaces it; of several default ones the last counts. */
  addView(view: LookupView): void {
    const known = this.customViews.findIndex(({ id }) => id === view.id);
    this.customViews.splice(known < 0 ? this.customViews.length : known, known < 0 ? 0 : 1, view);
    if (view.isDefault) this.defaultViewId = view.id;
  }

  /**
   * @throws Error outside of a handler of the PreSearch event, where the client API allows it alone
   */
  addFilter(filter: LookupFilter): void {
    if (this.filters === null) throw new Error('addCustomFilter can only be called by a handler of PreSearch.');
    this.filters.push(filter);
  }

  /** The filters that the handlers of PreSearch add for one search. @param runHandlers runs them */
  collect(runHandlers: () => void): readonly LookupFilter[] {
    const filters: LookupFilter[] = [];
    this.filters = filters;
    try {
      runHandlers();
    } finally {
      this.filters = null;
    }
    return filters;
  }
}

/** Ids of views come with and without braces, in capitals or not. */
export function viewIdOf(id: string): string {
  return id.replace(/[{}]/g, '').toLowerCase();
}
