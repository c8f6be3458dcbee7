import type { Labels, ProcessFlowMetadata } from '@crmjira/domain';

/** What a native cell shows; decided by the class id of its control, as the platform does. */
export type FieldKind =
  | 'text'
  | 'memo'
  | 'url'
  | 'email'
  | 'phone'
  | 'money'
  | 'decimal'
  | 'integer'
  | 'choice'
  | 'boolean'
  | 'date'
  | 'lookup'
  | 'status'
  | 'custom'
  | 'timeline'
  | 'sub-grid'
  | 'unknown';

export interface CustomControlPlacement {
  /** `<prefix>_<Namespace>.<Constructor>` */
  readonly name: string;
  /** Manifest property → column, or a constant. */
  readonly parameters: Readonly<Record<string, { readonly column: string } | { readonly constant: string }>>;
}

/** A component that shows the rows of a view in place of the platform's grid. */
export interface DataSetPlacement {
  /** `<prefix>_<Namespace>.<Constructor>` */
  readonly name: string;
  /** what its manifest calls the rows */
  readonly dataSet: string;
}

/** A list of rows that belong to the record, in a cell of its form. */
export interface SubGridPlacement {
  readonly table: string;
  readonly viewId: string;
  /** relationship between the form's table and this one */
  readonly relationship: string;
  readonly rowsPerPage: number;
  /** whether people may choose another view */
  readonly viewSelector: boolean;
  /** ids of the views to choose from; empty: every public view of the table */
  readonly viewIds: readonly string[];
}

export interface FormControl {
  readonly id: string;
  readonly kind: FieldKind;
  readonly column: string | null;
  readonly disabled: boolean;
  readonly custom: CustomControlPlacement | null;
  /** of a control of the kind sub-grid */
  readonly subGrid?: SubGridPlacement;
}

export interface FormCell {
  readonly id: string;
  readonly label: Labels;
  readonly showLabel: boolean;
  readonly visible: boolean;
  readonly columnSpan: number;
  readonly control: FormControl | null;
}

export interface FormSection {
  readonly id: string;
  readonly name: string;
  readonly label: Labels;
  readonly showLabel: boolean;
  readonly visible: boolean;
  /** Cells side by side. */
  readonly columns: number;
  readonly rows: readonly (readonly FormCell[])[];
}

export interface FormTab {
  readonly id: string;
  readonly name: string;
  readonly label: Labels;
  readonly visible: boolean;
  readonly columns: readonly { readonly width: string; readonly sections: readonly FormSection[] }[];
}

export interface FormHandler {
  readonly event: 'onload' | 'onchange' | 'onsave';
  readonly attribute: string | null;
  readonly functionName: string;
  readonly library: string;
  readonly passExecutionContext: boolean;
}

export interface FormDefinition {
  readonly id: string;
  readonly name: Labels;
  readonly tabs: readonly FormTab[];
  readonly header: readonly FormCell[];
  /** Web resource names, in load order. */
  readonly libraries: readonly string[];
  readonly handlers: readonly FormHandler[];
}

/** What the ribbon gives a function: a value of the page, by its name in `CrmParameter`, or a constant of the RibbonDiff. */
export type RibbonParameter = { readonly crmParameter: string } | { readonly constant: string | number | boolean };

/** A function of a web resource that the ribbon calls, with what it is given. */
export interface RibbonFunction {
  readonly library: string;
  readonly functionName: string;
  /** in order */
  readonly parameters: readonly RibbonParameter[];
}

/** What a form is for the person who has opened it: `State` of a FormStateRule. */
export type RibbonFormState = 'Create' | 'Existing' | 'ReadOnly' | 'Disabled' | 'BulkEdit';

/** A rule about the form; `otherwise` is its answer where there is no form to ask. */
export type RibbonFormRule =
  | {
      readonly kind: 'form-state';
      readonly state: RibbonFormState;
      readonly otherwise: boolean;
      readonly invert: boolean;
    }
  | {
      readonly kind: 'value';
      readonly column: string;
      /** as RibbonDiff writes it; empty: the column has no value */
      readonly value: string;
      readonly otherwise: boolean;
      readonly invert: boolean;
    };

/** Holds when all rules of one of its groups do. */
export interface RibbonOrRule<Rule> {
  readonly kind: 'or';
  readonly groups: readonly (readonly Rule[])[];
  readonly invert: boolean;
}

export type RibbonDisplayRule =
  | RibbonFormRule
  | RibbonOrRule<RibbonDisplayRule>
  | {
      readonly kind: 'privilege';
      readonly table: string;
      readonly privilege: string;
      readonly depth: string;
      readonly invert: boolean;
    };

export type RibbonEnableRule =
  | RibbonFormRule
  | RibbonOrRule<RibbonEnableRule>
  | (RibbonFunction & { readonly kind: 'function'; readonly invert: boolean })
  | {
      /** how many rows of the list are selected */
      readonly kind: 'selection-count';
      readonly minimum: number;
      /** null: any number */
      readonly maximum: number | null;
      readonly invert: boolean;
    };

/** What a RibbonDiff adds to a command bar, whatever it is. */
interface RibbonElement {
  readonly id: string;
  readonly label: Labels;
  readonly toolTip: Labels;
  /** All must hold, or the element is not there. */
  readonly displayRules: readonly RibbonDisplayRule[];
  readonly enableRules: readonly RibbonEnableRule[];
}

/** One button that a RibbonDiff adds to a command bar. */
export interface RibbonButton extends RibbonElement {
  readonly action: RibbonFunction;
}

/** A part of a menu; `title` null: it has none. */
export interface RibbonMenuSection {
  readonly id: string;
  readonly title: Labels | null;
  readonly buttons: readonly RibbonButton[];
}

/** A button that opens a menu (FlyoutAnchor); its sections in the order of `Sequence`. */
export interface RibbonFlyout extends RibbonElement {
  readonly sections: readonly RibbonMenuSection[];
}

export type RibbonItem = RibbonButton | RibbonFlyout;

/** What a table's RibbonDiff adds to its command bars, each in the order of `Sequence`. */
export interface TableRibbon {
  readonly form: readonly RibbonItem[];
  /** above the table's own list */
  readonly homepageGrid: readonly RibbonItem[];
  /** above a list of its rows on the form of another */
  readonly subGrid: readonly RibbonItem[];
  /** ids of elements that the platform puts into a command bar and the RibbonDiff hides; absent: none */
  readonly hidden?: readonly string[];
}

export interface ControlProperty {
  readonly name: string;
  readonly usage: 'bound' | 'input' | 'output';
  /** `of-type`, or the first type of its type group. */
  readonly type: string;
}

export interface ControlDefinition {
  /** `<Namespace>.<Constructor>` as in `registerControl`. */
  readonly name: string;
  readonly bundle: string;
  readonly styles: readonly string[];
  readonly properties: readonly ControlProperty[];
  /** Language code → key → text. */
  readonly strings: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export interface ColumnFacts {
  readonly type: string;
  readonly label: Labels | null;
  readonly options: readonly { readonly value: number; readonly label: Labels }[];
  readonly maxLength: number | null;
  readonly precision: number | null;
  /** of a number, when the column sets one */
  readonly minValue?: number;
  readonly maxValue?: number;
  readonly required: boolean;
  readonly dateOnly: boolean;
  /** Column security: only some may write it. */
  readonly secured: boolean;
  /** Tables that a lookup may point to. */
  readonly targets: readonly string[];
}

export interface Persona {
  readonly id: string;
  readonly userId: string;
  readonly userName: string;
  readonly name: string;
  readonly title: Labels;
  readonly roles: readonly { readonly id: string; readonly name: string }[];
  /** Privilege name in lower case, such as `prvreadopportunity` → depth: 0 Basic, 1 Local, 2 Deep, 3 Global. */
  readonly privileges: Readonly<Record<string, number>>;
  /** Secured columns, `table.column` → what the column security profiles give; a column that is not here is closed. */
  readonly columns: Readonly<Record<string, ColumnGrant>>;
}

/** What a person may do with one secured column. */
export interface ColumnGrant {
  readonly read: boolean;
  readonly create: boolean;
  readonly update: boolean;
}

/** A public view of a table: what is read and which columns are shown. */
export interface ViewDefinition {
  readonly id: string;
  readonly name: Labels;
  readonly isDefault: boolean;
  readonly columns: readonly string[];
  readonly fetchXml: string;
  /** absent: the platform's grid shows the rows */
  readonly component?: DataSetPlacement;
}

/** What a table is called. */
export interface TableNames {
  /** logical name */
  readonly name: string;
  /** column that names a row */
  readonly primaryName: string;
  /** one row of it */
  readonly label: Labels;
  readonly collectionLabel: Labels;
}

/** A table that a list shows. */
export interface TableDefinition extends TableNames {
  readonly columns: Readonly<Record<string, ColumnFacts>>;
  readonly views: readonly ViewDefinition[];
  /** what an associated grid shows; absent when the table has none */
  readonly associatedView?: ViewDefinition;
  readonly ribbon: TableRibbon;
}

/** A table of the solution with what its own pages show: a list by its views, and the main form. */
export interface TablePages extends TableDefinition {
  /** null: the solution brings none */
  readonly form: FormDefinition | null;
  readonly related: Readonly<Record<string, RelatedTable>>;
}

/** A table, one of its views, or a page that the app's site map names. */
export interface NavigationEntry {
  readonly kind: 'table' | 'view' | 'web-resource';
  /** logical name of the table, or name of the web resource */
  readonly name: string;
  /** of an entry of the kind view */
  readonly viewId?: string;
  /** Whoever lacks one of these does not see the entry; the client API's names of privileges, such as `Create`. */
  readonly needs: readonly { readonly table: string; readonly rights: readonly string[] }[];
  /** null: a table of the platform's own, which names itself */
  readonly title: Labels | null;
  /** Where it stands in the site map; null: without a title. */
  readonly area: Labels | null;
  readonly group: Labels | null;
}

/** What a sub-grid must know of its table. */
export interface RelatedTable extends TableDefinition {
  /** lookup that holds the form's record */
  readonly lookup: string;
  /** name of that lookup's navigation property */
  readonly navigationProperty: string;
}

/** RESX web resources: name without folder, language and ending → language code → key → text. */
export type ResourceStrings = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, string>>>>>>;

/** Everything the page needs once: form, process, controls, the people to switch between. */
export interface HostDefinition {
  /** the table of the form */
  readonly table: TableNames;
  readonly form: FormDefinition;
  readonly ribbon: TableRibbon;
  /** In the order of the site map. */
  readonly navigation: readonly NavigationEntry[];
  readonly process: ProcessFlowMetadata | null;
  readonly processEntitySet: string;
  readonly controls: readonly ControlDefinition[];
  /** absent: the solution brings no RESX web resource */
  readonly resourceStrings?: ResourceStrings;
  readonly columns: Readonly<Record<string, ColumnFacts>>;
  /** By the relationships that the form's sub-grids name; absent when it has none. */
  readonly related?: Readonly<Record<string, RelatedTable>>;
  readonly personas: readonly Persona[];
  readonly current: string;
  readonly organizationId: string;
  readonly dataverseUrl: string;
  readonly jiraUrl: string;
}

export interface JiraIssueChoice {
  readonly key: string;
  readonly summary: string;
}

export interface JiraLogChoices {
  readonly issues: readonly JiraIssueChoice[];
  readonly people: readonly { readonly id: string; readonly name: string }[];
  /** per hour, in the currency of the opportunity */
  readonly defaultRate: number;
}

export interface OutboxMail {
  readonly id: string;
  readonly subject: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly sentOn: string;
  /** HTML */
  readonly body: string;
}
