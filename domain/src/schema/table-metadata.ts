/**
 * The shape in which the generator writes what `solution/src` defines, close to the Web API's EntityDefinitions so that the
 * sandbox can answer them from it. Types only: nothing of this reaches a bundle.
 */

/** Label per language code: 1033 English, 3084 French (Canada). */
export interface Labels {
  readonly 1033: string;
  readonly 3084: string;
}

export type ColumnType =
  | 'String'
  | 'Memo'
  | 'Integer'
  | 'BigInt'
  | 'Decimal'
  | 'Double'
  | 'Money'
  | 'Boolean'
  | 'Picklist'
  | 'MultiSelectPicklist'
  | 'State'
  | 'Status'
  | 'DateTime'
  | 'Lookup'
  | 'Owner'
  | 'Customer'
  | 'PartyList'
  | 'Uniqueidentifier'
  | 'EntityName'
  | 'Virtual';

export interface OptionMetadata {
  readonly value: number;
  readonly label: Labels;
  /** Status columns: the state this status reason belongs to. */
  readonly state?: number;
}

export interface ColumnMetadata {
  readonly logicalName: string;
  readonly schemaName: string;
  readonly type: ColumnType;
  readonly displayName: Labels;
  readonly description?: Labels;
  readonly requiredLevel: 'None' | 'Recommended' | 'ApplicationRequired' | 'SystemRequired';
  readonly isCustom: boolean;
  /** Column security: only holders of a profile may read or write it. */
  readonly isSecured: boolean;
  readonly isAudited: boolean;
  readonly isValidForCreate: boolean;
  readonly isValidForUpdate: boolean;
  readonly isValidForRead: boolean;
  /** String and Memo: characters. */
  readonly maxLength?: number;
  /** String: Text, Email, Url, Phone, TextArea; Integer: None. */
  readonly format?: string;
  /** Money, Decimal and Double: digits after the point. */
  readonly precision?: number;
  readonly minValue?: number;
  readonly maxValue?: number;
  /** Lookup, Owner and Customer: logical names of the tables it may point at. */
  readonly targets?: readonly string[];
  readonly optionSetName?: string;
  readonly isGlobalOptionSet?: boolean;
  readonly options?: readonly OptionMetadata[];
  readonly defaultValue?: number | boolean;
  readonly autoNumberFormat?: string;
  readonly dateTimeBehavior?: 'UserLocal' | 'DateOnly' | 'TimeZoneIndependent';
  /** Money: its base-currency twin, which the platform computes. */
  readonly baseColumn?: string;
}

export interface AlternateKeyMetadata {
  readonly logicalName: string;
  readonly schemaName: string;
  readonly displayName: Labels;
  readonly columns: readonly string[];
}

export interface TableMetadata {
  readonly logicalName: string;
  readonly schemaName: string;
  readonly entitySetName: string;
  readonly primaryId: string;
  readonly primaryName: string | null;
  readonly objectTypeCode: number;
  readonly ownership: 'UserOwned' | 'OrganizationOwned' | 'BusinessOwned' | 'None';
  readonly isActivity: boolean;
  readonly isCustom: boolean;
  readonly isBusinessProcessFlow: boolean;
  readonly isAudited: boolean;
  readonly changeTracking: boolean;
  readonly displayName: Labels;
  readonly displayCollectionName: Labels;
  readonly description?: Labels;
  readonly columns: readonly ColumnMetadata[];
  readonly keys: readonly AlternateKeyMetadata[];
}

export type CascadeBehavior = 'NoCascade' | 'Cascade' | 'Active' | 'UserOwned' | 'RemoveLink' | 'Restrict';

/** One-to-many, seen from the lookup. */
export interface RelationshipMetadata {
  readonly schemaName: string;
  readonly referencedTable: string;
  readonly referencedColumn: string;
  readonly referencingTable: string;
  readonly referencingColumn: string;
  /** Single-valued navigation property on the table that holds the lookup. */
  readonly referencingNavigation: string;
  /** Collection-valued navigation property on the table pointed at. */
  readonly referencedNavigation: string;
  readonly cascade: {
    readonly assign: CascadeBehavior;
    readonly delete: CascadeBehavior;
    readonly reparent: CascadeBehavior;
    readonly share: CascadeBehavior;
    readonly unshare: CascadeBehavior;
  };
}

export interface GlobalOptionSetMetadata {
  readonly name: string;
  readonly displayName: Labels;
  readonly options: readonly OptionMetadata[];
}

export interface ProcessStageMetadata {
  readonly id: string;
  readonly name: Labels;
  /** 0 Qualify, 1 Develop, 2 Propose, 3 Close, or a custom category. */
  readonly category: number;
  readonly table: string;
  readonly steps: readonly {
    readonly id: string;
    readonly label: Labels;
    readonly column: string;
    readonly required: boolean;
  }[];
  /** Stages that may follow: one in a straight process, more behind a branch. */
  readonly next: readonly string[];
}

export interface ProcessFlowMetadata {
  readonly workflowId: string;
  readonly uniqueName: string;
  readonly name: Labels;
  readonly primaryTable: string;
  readonly stages: readonly ProcessStageMetadata[];
}

export type PrivilegeDepth = 'Basic' | 'Local' | 'Deep' | 'Global';

export interface RoleMetadata {
  readonly id: string;
  readonly name: string;
  readonly privileges: readonly { readonly name: string; readonly depth: PrivilegeDepth }[];
}

/** Who may read or write secured columns (R-1208); members are assigned in the environment. */
export interface ColumnSecurityProfileMetadata {
  readonly id: string;
  readonly name: string;
  readonly permissions: readonly {
    readonly table: string;
    readonly column: string;
    readonly canRead: boolean;
    readonly canCreate: boolean;
    readonly canUpdate: boolean;
  }[];
}

export interface EnvironmentVariableMetadata {
  readonly schemaName: string;
  readonly displayName: Labels;
  readonly type: 'String' | 'Number' | 'Boolean' | 'JSON' | 'Secret';
  readonly defaultValue: string | null;
}

export interface SolutionMetadata {
  readonly uniqueName: string;
  readonly version: string;
  readonly tables: readonly TableMetadata[];
  /** Columns and keys added to tables that the platform or another solution owns. */
  readonly extensions: readonly {
    readonly logicalName: string;
    readonly columns: readonly ColumnMetadata[];
    readonly keys: readonly AlternateKeyMetadata[];
  }[];
  readonly relationships: readonly RelationshipMetadata[];
  readonly globalOptionSets: readonly GlobalOptionSetMetadata[];
  readonly processFlows: readonly ProcessFlowMetadata[];
  readonly roles: readonly RoleMetadata[];
  readonly columnSecurityProfiles: readonly ColumnSecurityProfileMetadata[];
  readonly environmentVariables: readonly EnvironmentVariableMetadata[];
}
