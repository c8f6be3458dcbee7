import type { Language } from '../language';
import type { Column, ColumnValue } from './column';

/** What the input of a column is drawn from. */
export interface FieldProps {
  readonly id: string;
  readonly column: Column;
  readonly language: Language;
  readonly currency: string;
  readonly readOnly: boolean;
  /** Column security hides the value. */
  readonly masked?: boolean;
  /** A yes/no column as a box to tick: steps of the process. */
  readonly asCheckbox?: boolean;
  readonly describedBy: string | undefined;
  readonly invalid: boolean;
  /** Option values of a choice that a script leaves on offer; undefined: all. */
  readonly offered?: readonly number[];
  readonly onChange: (value: ColumnValue) => void;
}
