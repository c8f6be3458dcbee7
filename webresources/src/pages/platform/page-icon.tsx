import * as React from 'react';
import type { IconName } from '@crmjira/form-data';

/** Those of the controls, and those that only pages have (page-icons.css). */
export type PageIconName =
  | IconName
  | 'TestBeaker'
  | 'Permissions'
  | 'Product'
  | 'Money'
  | 'Health'
  | 'SortDown'
  | 'ChevronRight'
  | 'ChevronUp'
  | 'Bug'
  | 'Delete'
  | 'PowerButton'
  | 'Download'
  | 'Code'
  | 'Server';

/** Decorative: the words beside it say the same. */
export const PageIcon = ({ name }: { readonly name: PageIconName }): React.ReactElement => (
  <i className="crmjira-icon" data-fluent-icon={name} aria-hidden="true" />
);
