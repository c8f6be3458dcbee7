import type { ColumnMetadata } from '@crmjira/domain';
import { edmType as scalarType } from '../crud/normalise-value';
import { isLookup } from '../metadata/schema';

/** Edm type under which `$metadata` shows a column. */
export const edmType = (column: ColumnMetadata): string => (isLookup(column) ? 'Edm.Guid' : scalarType(column));
