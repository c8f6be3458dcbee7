import * as React from 'react';
import { deleteTimeTexts } from '../../strings/generated/delete-time';
import { type PageFacts, startPage } from '../platform/start-page';
import { DeleteManyPage } from './delete-many-page';
import { DeletePage } from './delete-page';
import './delete-time.css';

/** Of one record, or of all that are selected in a list. */
function Page({ facts }: { readonly facts: PageFacts }): React.ReactElement {
  const { recordIds } = facts.settings;
  return recordIds === undefined ? <DeletePage facts={facts} /> : <DeleteManyPage facts={facts} ids={recordIds} />;
}

startPage(deleteTimeTexts.title, Page);
