/** JSON of a metadata entity. */
export interface DefinitionJson {
  readonly [name: string]: DefinitionValue;
}

export type DefinitionValue = string | number | boolean | null | DefinitionJson | readonly DefinitionValue[];

export const isObject = (value: DefinitionValue | undefined): value is DefinitionJson =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
